/* Fifteen working days after 19 March 2026, by an installed library: fails unless that is 13 April. */
#include <cpconf/cpconf.h>
#include <stdio.h>

int main(void) {
  cpc_calendar* calendar = NULL;
  cpc_moment from;
  cpc_moment due;
  int32_t day = 0;
  const int failed = cpc_moment_from_date(2026, 3, 19, &from, NULL) != CPC_OK ||
                     cpc_moment_from_date(2026, 4, 13, &due, NULL) != CPC_OK ||
                     cpc_calendar_load(cpc_text_of("england-and-wales"), NULL, &calendar, NULL) != CPC_OK ||
                     cpc_calendar_add_working_days(calendar, from.day, 15, &day, NULL) != CPC_OK || day != due.day;
  const cpc_text version = cpc_version();
  cpc_calendar_free(calendar);
  printf("cpconf %.*s: %s\n", (int)version.size, version.data, failed ? "a wrong day" : "2026-04-13");
  return failed;
}
