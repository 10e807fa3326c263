# cpc_warnings(TARGET): the warnings every target of this project is built with.
function(cpc_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
    # gcc 12 warns without cause where a literal is put before a std::string (its bug 105651, mended in 13).
    $<$<AND:$<COMPILE_LANG_AND_ID:CXX,GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
    # RapidJSON 1.1 compares its iterators as C++17 allowed.
    $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-ambiguous-reversed-operator>
    $<$<BOOL:${CPC_WERROR}>:-Werror>)
  if(CPC_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${CPC_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=${CPC_SANITIZE})
  endif()
endfunction()
