#include "json/json_error.h"

#include <string>

#include "base/text.h"

namespace cpc {

std::string_view syntax_meaning(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "the text is empty";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "something follows the end of the document";
    case rapidjson::kParseErrorValueInvalid:
      return "a value is expected here";
    case rapidjson::kParseErrorObjectMissName:
      return "a key in quotes is expected here";
    case rapidjson::kParseErrorObjectMissColon:
      return "a colon is expected after the key";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "a comma or } is expected here";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "a comma or ] is expected here";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "a text is not closed";
    case rapidjson::kParseErrorNumberTooBig:
      return "a number is too big";
    case rapidjson::kParseErrorNumberMissFraction:
    case rapidjson::kParseErrorNumberMissExponent:
      return "a number is not finished";
    default:
      return "an escape is not valid text";
  }
}

Error json_error(std::string_view text, rapidjson::ParseErrorCode code, std::size_t offset) {
  constexpr auto none = std::string_view::npos;
  const auto error = [&](std::string_view message) {
    return Error{Code::syntax, std::string(message), line_and_column(text, offset), {}};
  };
  if (code == rapidjson::kParseErrorDocumentEmpty) return error(syntax_meaning(code));
  const bool at_end = offset >= text.size() || text.find_first_not_of(" \t\r\n", offset) == none;
  if (at_end || (text[offset] == '\\' && text.find('"', offset) == none))
    return error("the text ends in the middle of the document");
  if (code == rapidjson::kParseErrorStringEscapeInvalid && text[offset] != '\\')
    return error("a text is not closed, or has a control character that is not escaped");
  return error(syntax_meaning(code));
}

}  // namespace cpc
