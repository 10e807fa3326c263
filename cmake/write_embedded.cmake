# Writes OUT, a C++ source that holds the files NAMES (separated by |) of DIR as byte arrays, listed by FUNCTION.
string(REPLACE "|" ";" names "${NAMES}")
set(arrays "")
set(table "")
set(index 0)
foreach(name IN LISTS names)
  file(READ ${DIR}/${name} hex HEX)
  string(LENGTH "${hex}" length)
  math(EXPR bytes "${length} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," body "${hex}")
  string(APPEND arrays "const unsigned char file_${index}[] = {${body}0};\n")
  string(APPEND table "    {\"${name}\", {reinterpret_cast<const char*>(file_${index}), ${bytes}}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUT} "#include \"data/embedded.h\"

namespace cpc {
namespace {
${arrays}
const EmbeddedFile files[] = {
${table}};
}  // namespace

std::span<const EmbeddedFile> ${FUNCTION}() { return files; }
}  // namespace cpc
")
