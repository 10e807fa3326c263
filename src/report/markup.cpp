#include "report/markup.h"

namespace cpc {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f)
      out += "\xef\xbf\xbd";
    else
      out += c;
  }
  return out;
}

std::string element(std::string_view name, std::string_view text, std::string_view attributes) {
  std::string out;
  out.append("<").append(name).append(attributes).append(">").append(escaped(text));
  return out.append("</").append(name).append(">");
}

}  // namespace cpc
