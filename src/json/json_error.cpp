#include "json/json_error.h"

#include <string>

#include "base/text.h"

namespace cpc {
namespace {

std::string_view told(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "more text after the end of the JSON value";
    case rapidjson::kParseErrorValueInvalid:
      return "no JSON value here";
    case rapidjson::kParseErrorObjectMissName:
      return "a member of an object begins with its name in quotation marks";
    case rapidjson::kParseErrorObjectMissColon:
      return "a colon is missing after the name of a member";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "a comma or } is missing after a member of an object";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "a comma or ] is missing after an item of a list";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "four hexadecimal digits follow \\u";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "half of a surrogate pair";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "no such escape in a text";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "a text has a control character or no closing quotation mark";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "the text is not UTF-8";
    case rapidjson::kParseErrorNumberTooBig:
      return "the number is too big";
    case rapidjson::kParseErrorNumberMissFraction:
      return "digits are missing after the point of a number";
    case rapidjson::kParseErrorNumberMissExponent:
      return "digits are missing in the exponent of a number";
    default:
      return "not JSON";
  }
}

}  // namespace

Error json_error(std::string_view text, rapidjson::ParseErrorCode code, std::size_t offset) {
  if (code == rapidjson::kParseErrorDocumentEmpty) return {Code::syntax, "the text is empty", "line 1, column 1", {}};
  const bool at_end = offset >= text.size() || text.find_first_not_of(" \t\r\n", offset) == std::string_view::npos;
  const std::string message = at_end ? "the text ends before its JSON value is complete" : std::string(told(code));
  return {Code::syntax, message, line_and_column(text, offset), {}};
}

}  // namespace cpc
