/** cpconf: a rules engine for child protection conferences. The whole C API.
 *
 *  How to use it: load a rulebook and a calendar, compile them into a program once, read each case record, assess it
 *  as of a day, and read the answers or write them as JSON.
 *
 *      cpc_rulebook* rulebook = NULL;
 *      cpc_calendar* calendar = NULL;
 *      cpc_program* program = NULL;
 *      cpc_record* record = NULL;
 *      cpc_assessment* assessment = NULL;
 *      cpc_buffer* answers = NULL;
 *      cpc_moment as_of;
 *      int done = cpc_moment_from_date(2026, 11, 22, &as_of, NULL) == CPC_OK &&
 *                 cpc_rulebook_load(cpc_text_of("england"), &rulebook, NULL) == CPC_OK &&
 *                 cpc_calendar_load(cpc_rulebook_calendar(rulebook), NULL, &calendar, NULL) == CPC_OK;
 *      const cpc_rulebook* layers[] = {rulebook};
 *      done = done && cpc_program_compile(layers, 1, calendar, &program, NULL) == CPC_OK &&
 *             cpc_record_read(json, NULL, &record, NULL) == CPC_OK &&
 *             cpc_program_assess(program, record, as_of, NULL, &assessment, NULL) == CPC_OK &&
 *             cpc_assessment_write_json(assessment, NULL, &answers, NULL) == CPC_OK;
 *
 *  Each is freed by its own `..._free`, in any order; freeing NULL does nothing.
 *
 *  Conventions, which hold for every function unless it says otherwise:
 *  - Order of parameters: the object, inputs, `options`, `out`, `error`.
 *  - What can fail returns `cpc_status`: CPC_OK, or a code below. Treat a code you do not know as CPC_E_FAILED. Any
 *    call may return CPC_E_NO_MEMORY, and every call that takes a pointer it needs returns CPC_E_ARGUMENT for NULL.
 *  - On failure a handle `*out` is NULL, other outputs are as they were, and nothing but the error is to be freed.
 *  - `error` is NULL, or receives an object on failure and NULL on success.
 *  - A getter cannot fail. Given NULL, or an index that is not below the count, it returns 0, an empty text or
 *    CPC_NO_MOMENT. 0 is no value of any enumeration of results, but for unknown and undetermined.
 *  - Objects keep alive what they were made from: free them in any order. `..._free` takes NULL.
 *  - A text that a getter returns is borrowed: it lives as long as the object it was asked of.
 *  - Texts are UTF-8 with a length. Days are days since 1970-01-01; those from 1900-01-01 to 2199-12-31 are accepted.
 *  - `options` may be NULL. Start from the INIT macro, then set fields.
 *  - Nothing reads a clock, a locale, the environment, a file or the network; there is no state but in the objects. */
#ifndef CPCONF_CPCONF_H
#define CPCONF_CPCONF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(CPC_STATIC)
#define CPC_API
#elif defined(_WIN32)
#if defined(CPC_BUILD)
#define CPC_API __declspec(dllexport)
#else
#define CPC_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define CPC_API __attribute__((visibility("default")))
#else
#define CPC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Section: Text ------------------------------------------------------- */

/** Borrowed UTF-8. `data` may be NULL where `size` is 0. No zero byte ends it, unless the function that returned it
 *  says so: print it with "%.*s". */
typedef struct cpc_text {
  const char* data; /**< The first byte. */
  size_t size;      /**< Bytes. */
} cpc_text;

/** The text of a C string; NULL gives an empty one. Lives as long as the string.  @since 0.1 */
static inline cpc_text cpc_text_of(const char* string) {
  cpc_text text;
  text.data = string;
  text.size = string ? strlen(string) : 0;
  return text;
}

/** Owned UTF-8 that a function wrote. Immutable; threads may share it. */
typedef struct cpc_buffer cpc_buffer;

/** The bytes of a buffer, ended by a zero byte that is not counted. Lives as long as the buffer.  @since 0.1 */
CPC_API cpc_text cpc_buffer_text(const cpc_buffer* buffer);
/** @since 0.1 */
CPC_API void cpc_buffer_free(cpc_buffer* buffer);

/** An owned list of texts. Immutable; threads may share it. */
typedef struct cpc_texts cpc_texts;

/** @since 0.1 */
CPC_API size_t cpc_texts_count(const cpc_texts* texts);
/** One of them, ended by a zero byte that is not counted. Lives as long as the list.  @since 0.1 */
CPC_API cpc_text cpc_texts_at(const cpc_texts* texts, size_t index);
/** @since 0.1 */
CPC_API void cpc_texts_free(cpc_texts* texts);

/* ---- Section: Version ---------------------------------------------------- */

/** The version of the library that is running: "0.1.0". Lives for ever; a zero byte ends it.  @since 0.1 */
CPC_API cpc_text cpc_version(void);
/** The same as a number that grows: major * 1000000 + minor * 1000 + patch.  @since 0.1 */
CPC_API int32_t cpc_version_number(void);

/* ---- Section: Status and error ------------------------------------------- */

/** How a call ended. The numbers never change and are never used again. */
typedef int32_t cpc_status;
enum {
  CPC_OK = 0,
  CPC_E_ARGUMENT = 10,  /**< An argument is not allowed: a mistake of the calling program. */
  CPC_E_SYNTAX = 20,    /**< Text is not well-formed JSON, UTF-8, a date or a length of time. */
  CPC_E_INPUT = 21,     /**< Well-formed, but not what the format or the vocabulary allows. */
  CPC_E_RULEBOOK = 30,  /**< A rulebook cannot be loaded or compiled. */
  CPC_E_CALENDAR = 31,  /**< A calendar cannot be loaded. */
  CPC_E_NOT_FOUND = 40, /**< There is no rulebook, calendar or division of that name. */
  CPC_E_NO_MEMORY = 50,
  CPC_E_FAILED = 90 /**< Anything else: a bug in this library. */
};

/** The code as a word: "argument"; "failed" for a code that is not known. Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_status_name(cpc_status status);

/** What went wrong. Immutable; threads may share it. */
typedef struct cpc_error cpc_error;

/** The status that the call returned.  @since 0.1 */
CPC_API cpc_status cpc_error_code(const cpc_error* error);
/** One line: what is wrong and what would be right. Quotes ids and words of the vocabulary, never free text. Ended by a
 *  zero byte that is not counted; so are place and clause.  @since 0.1 */
CPC_API cpc_text cpc_error_message(const cpc_error* error);
/** Where: a JSON pointer, or "line L, column C"; empty where there is no place.  @since 0.1 */
CPC_API cpc_text cpc_error_place(const cpc_error* error);
/** The clause of a source text that it concerns, or empty.  @since 0.1 */
CPC_API cpc_text cpc_error_clause(const cpc_error* error);
/** @since 0.1 */
CPC_API void cpc_error_free(cpc_error* error);

/* ---- Section: Moment ----------------------------------------------------- */

/** A day, or a local time in Europe/London. What a judgement is made from is always an argument. */
typedef struct cpc_moment {
  int32_t day;    /**< Days since 1970-01-01, or CPC_NO_DAY. */
  int32_t minute; /**< Minutes since local midnight, or CPC_NO_MINUTE: the whole day. */
} cpc_moment;

#define CPC_NO_DAY INT32_MIN /**< There is no day. */
#define CPC_NO_MINUTE (-1)   /**< No time is given: the whole day. */
/** What a getter returns where there is no moment, as an initialiser. */
#define CPC_NO_MOMENT \
  { CPC_NO_DAY, CPC_NO_MINUTE }
#define CPC_MOMENT_SIZE 17 /**< Bytes that cpc_moment_write needs at most, with the zero byte. */

/** Reads `YYYY-MM-DD` or `YYYY-MM-DDThh:mm[:ss]`; seconds are dropped.
 *  @return CPC_E_SYNTAX for anything else, such as a zone; CPC_E_INPUT for a day that does not exist or is not
 * accepted, and for a time in the hour that clocks skip.
 *  @since 0.1 */
CPC_API cpc_status cpc_moment_read(cpc_text text, cpc_moment* out, cpc_error** error);
/** Writes `2026-11-20` or `2026-11-20T10:00` and a zero byte.
 *  @param capacity Bytes at `out`; CPC_MOMENT_SIZE is enough.
 *  @return CPC_E_ARGUMENT for no moment, one outside the accepted days, or too small a capacity.  @since 0.1 */
CPC_API cpc_status cpc_moment_write(cpc_moment moment, char* out, size_t capacity, cpc_error** error);
/** The day of a year, a month (1 to 12) and a day of the month (1 to 31), without a time.
 *  @return CPC_E_ARGUMENT for a day that does not exist or is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_moment_from_date(int32_t year, int32_t month, int32_t day, cpc_moment* out, cpc_error** error);

/* ---- Section: Calendar --------------------------------------------------- */

/** Working days: Monday to Friday without holidays and closures. Immutable; threads may share it. */
typedef struct cpc_calendar cpc_calendar;

/** How a calendar is read. Start from CPC_CALENDAR_OPTIONS_INIT; fields are only ever appended. */
typedef struct cpc_calendar_options {
  uint32_t struct_size; /**< sizeof(cpc_calendar_options) where the caller was compiled. */
  uint32_t flags;       /**< 0. */
  cpc_moment known_at;  /**< Only what was announced by then counts, and what was withdrawn later; or CPC_NO_MOMENT:
                             all that is known today. */
} cpc_calendar_options;
#define CPC_CALENDAR_OPTIONS_INIT \
  { (uint32_t)sizeof(cpc_calendar_options), 0, CPC_NO_MOMENT }

/** How many calendars the library holds.  @since 0.1 */
CPC_API size_t cpc_calendar_embedded_count(void);
/** The name of one, in alphabetical order: "england-and-wales". Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_calendar_embedded_name(size_t index);

/** A calendar that the library holds.
 *  @param options NULL means CPC_CALENDAR_OPTIONS_INIT.  @return CPC_E_NOT_FOUND.  @since 0.1 */
CPC_API cpc_status cpc_calendar_load(cpc_text name, const cpc_calendar_options* options, cpc_calendar** out,
                                     cpc_error** error);
/** A calendar from JSON: one of ours, or GOV.UK's file of bank holidays.
 *  @param division The division of GOV.UK's file; empty means england-and-wales, or whichever calendar is in the text.
 *  @param options NULL means CPC_CALENDAR_OPTIONS_INIT.
 *  @return CPC_E_SYNTAX, CPC_E_CALENDAR, CPC_E_NOT_FOUND (the division), with the place.  @since 0.1 */
CPC_API cpc_status cpc_calendar_read(cpc_text json, cpc_text division, const cpc_calendar_options* options,
                                     cpc_calendar** out, cpc_error** error);
/** The calendar with a layer of closures over it: `{"closures": ["2026-12-29"], "reason": "office closed"}`. The one
 *  given stays as it is.  @return CPC_E_SYNTAX, CPC_E_CALENDAR, with the place.  @since 0.1 */
CPC_API cpc_status cpc_calendar_with_closures(const cpc_calendar* calendar, cpc_text json, cpc_calendar** out,
                                              cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_calendar_free(cpc_calendar* calendar);

/** "england-and-wales".  @since 0.1 */
CPC_API cpc_text cpc_calendar_name(const cpc_calendar* calendar);
/** The version that the calendar's text gives itself.  @since 0.1 */
CPC_API cpc_text cpc_calendar_version(const cpc_calendar* calendar);
/** 32 hexadecimal digits that name the text, closures included. Not a signature.  @since 0.1 */
CPC_API cpc_text cpc_calendar_fingerprint(const cpc_calendar* calendar);
/** How many layers of closures lie over it.  @since 0.1 */
CPC_API size_t cpc_calendar_closure_count(const cpc_calendar* calendar);
/** The reason of one of them.  @since 0.1 */
CPC_API cpc_text cpc_calendar_closure_reason(const cpc_calendar* calendar, size_t index);
/** The first day for which the holidays are known; CPC_NO_DAY for NULL.  @since 0.1 */
CPC_API int32_t cpc_calendar_first_day(const cpc_calendar* calendar);
/** The last day for which the holidays are known; CPC_NO_DAY for NULL.  @since 0.1 */
CPC_API int32_t cpc_calendar_last_day(const cpc_calendar* calendar);
/** 1 if the holidays of all days from `from` to `to` are known, else 0. An answer over days that are not covered is
 *  provisional: only weekends were left out there.  @since 0.1 */
CPC_API int32_t cpc_calendar_covers(const cpc_calendar* calendar, int32_t from, int32_t to);
/** 1 for a working day, else 0; 0 for a day that is not accepted.  @since 0.1 */
CPC_API int32_t cpc_calendar_is_working_day(const cpc_calendar* calendar, int32_t day);
/** The title of a day's holiday, or the reason of its closure; empty where it has none.  @since 0.1 */
CPC_API cpc_text cpc_calendar_holiday(const cpc_calendar* calendar, int32_t day);

/** The `count`-th working day strictly after `day`, or strictly before it where `count` is negative; `day` itself for
 *  0. An answer beyond the accepted days is the first or the last of them.
 *  @param out A day.  @return CPC_E_ARGUMENT for a day that is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_calendar_add_working_days(const cpc_calendar* calendar, int32_t day, int32_t count, int32_t* out,
                                                 cpc_error** error);
/** The same for `size` days. CPC_NO_DAY stays CPC_NO_DAY.
 *  @param out `size` days; may be `days` itself, else must not overlap it.
 *  @return CPC_E_ARGUMENT, its message naming the first day that is not accepted; nothing is written then.
 *  @since 0.1 */
CPC_API cpc_status cpc_calendar_add_working_days_array(const cpc_calendar* calendar, const int32_t* days, size_t size,
                                                       int32_t count, int32_t* out, cpc_error** error);
/** Working days strictly after `from`, up to and including `to`; negative where `to` is earlier.
 *  @return CPC_E_ARGUMENT for a day that is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_calendar_count_working_days(const cpc_calendar* calendar, int32_t from, int32_t to, int32_t* out,
                                                   cpc_error** error);
/** The same for `size` pairs of days. Where one of a pair is CPC_NO_DAY the count is INT32_MIN.
 *  @param out `size` counts; may be `from` or `to` itself, else must not overlap them.
 *  @return CPC_E_ARGUMENT, its message naming the first day that is not accepted; nothing is written then.
 *  @since 0.1 */
CPC_API cpc_status cpc_calendar_count_working_days_array(const cpc_calendar* calendar, const int32_t* from,
                                                         const int32_t* to, size_t size, int32_t* out,
                                                         cpc_error** error);
/** The last working day on or before `day`.  @return CPC_E_ARGUMENT for a day that is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_calendar_working_day_on_or_before(const cpc_calendar* calendar, int32_t day, int32_t* out,
                                                         cpc_error** error);
/** The first working day on or after `day`.  @return CPC_E_ARGUMENT for a day that is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_calendar_working_day_on_or_after(const cpc_calendar* calendar, int32_t day, int32_t* out,
                                                        cpc_error** error);

/** What to know about a limit, as bits. */
enum {
  CPC_LIMIT_PROVISIONAL = 1,   /**< Days took part whose holidays are not known. */
  CPC_LIMIT_TIME_NOT_GIVEN = 2 /**< Hours or minutes were counted from a day without a time: as whole days. */
};

/** The last moment that is within a length of time after `from`. Limits do not roll off closed days.
 *  @param length "15 working_days", "3 months", "48 hours", "same_day"; with a third word inclusive or clear.
 *  @param remarks NULL, or receives CPC_LIMIT_... bits.
 *  @return CPC_E_SYNTAX for a length that is not one, CPC_E_ARGUMENT for a moment that is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_calendar_limit_after(const cpc_calendar* calendar, cpc_moment from, cpc_text length,
                                            cpc_moment* out, uint32_t* remarks, cpc_error** error);
/** The last moment that is still a length of time ahead of `from`; otherwise as cpc_calendar_limit_after.
 *  @since 0.1 */
CPC_API cpc_status cpc_calendar_limit_before(const cpc_calendar* calendar, cpc_moment from, cpc_text length,
                                             cpc_moment* out, uint32_t* remarks, cpc_error** error);

/* ---- Section: Rulebook --------------------------------------------------- */

/** The rules of one source text, with citations and dates in force. Immutable; threads may share it. */
typedef struct cpc_rulebook cpc_rulebook;

/** How many rulebooks the library holds.  @since 0.1 */
CPC_API size_t cpc_rulebook_embedded_count(void);
/** The name of one, in alphabetical order: "england". Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_rulebook_embedded_name(size_t index);

/** A rulebook that the library holds.  @return CPC_E_NOT_FOUND.  @since 0.1 */
CPC_API cpc_status cpc_rulebook_load(cpc_text name, cpc_rulebook** out, cpc_error** error);
/** A rulebook from JSON in its one-text form, with the sections inline.
 *  @return CPC_E_SYNTAX, CPC_E_RULEBOOK, with the place and the clause.  @since 0.1 */
CPC_API cpc_status cpc_rulebook_read(cpc_text json, cpc_rulebook** out, cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_rulebook_free(cpc_rulebook* rulebook);

/** "hertfordshire": what results begin their rules' names with.  @since 0.1 */
CPC_API cpc_text cpc_rulebook_name(const cpc_rulebook* rulebook);
/** @since 0.1 */
CPC_API cpc_text cpc_rulebook_edition(const cpc_rulebook* rulebook);
/** @since 0.1 */
CPC_API cpc_text cpc_rulebook_title(const cpc_rulebook* rulebook);
/** The name of the calendar it is written for.  @since 0.1 */
CPC_API cpc_text cpc_rulebook_calendar(const cpc_rulebook* rulebook);
/** 32 hexadecimal digits that name the text. Not a signature.  @since 0.1 */
CPC_API cpc_text cpc_rulebook_fingerprint(const cpc_rulebook* rulebook);
/** How many rules it holds; editions of one rule count each.  @since 0.1 */
CPC_API size_t cpc_rulebook_rule_count(const cpc_rulebook* rulebook);

/* ---- Section: Program ---------------------------------------------------- */

/** Rulebooks and a calendar, compiled. Immutable; threads may share it. */
typedef struct cpc_program cpc_program;

/** Compiles rulebooks, the lowest layer first, with a calendar.
 *  @param rulebooks `count` of them, at least one.
 *  @return CPC_E_RULEBOOK for a name that is not known, a layer that does not fit, rules that read each other in a
 *  circle; with the place.  @since 0.1 */
CPC_API cpc_status cpc_program_compile(const cpc_rulebook* const* rulebooks, size_t count, const cpc_calendar* calendar,
                                       cpc_program** out, cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_program_free(cpc_program* program);

/** How many rules it judges by.  @since 0.1 */
CPC_API size_t cpc_program_rule_count(const cpc_program* program);
/** The name of a rule: "hertfordshire/initial-conference". Editions of one rule share it.  @since 0.1 */
CPC_API cpc_text cpc_program_rule_name(const cpc_program* program, size_t index);
/** What the rule is about, the same word in every rulebook: "initial_conference_timing".  @since 0.1 */
CPC_API cpc_text cpc_program_rule_duty(const cpc_program* program, size_t index);
/** How many duties have no rule here: the program is silent on them.  @since 0.1 */
CPC_API size_t cpc_program_not_covered_count(const cpc_program* program);
/** One of these duties.  @since 0.1 */
CPC_API cpc_text cpc_program_not_covered(const cpc_program* program, size_t index);

/* ---- Section: Record ----------------------------------------------------- */

/** One case: its children and its events. Belongs to one thread at a time. */
typedef struct cpc_record cpc_record;

/** Flags of cpc_record_options. */
enum {
  CPC_RECORD_LENIENT = 1 /**< An unknown event, attribute or value is a finding and left out, not an error. */
};

/** How a record is read. Start from CPC_RECORD_OPTIONS_INIT; fields are only ever appended. */
typedef struct cpc_record_options {
  uint32_t struct_size; /**< sizeof(cpc_record_options) where the caller was compiled. */
  uint32_t flags;       /**< CPC_RECORD_... or 0. */
} cpc_record_options;
#define CPC_RECORD_OPTIONS_INIT \
  { (uint32_t)sizeof(cpc_record_options), 0 }

/** Reads one case record from JSON.
 *  @param options NULL means CPC_RECORD_OPTIONS_INIT: strict.
 *  @return CPC_E_SYNTAX, CPC_E_INPUT, with the place.  @since 0.1 */
CPC_API cpc_status cpc_record_read(cpc_text json, const cpc_record_options* options, cpc_record** out,
                                   cpc_error** error);
/** Says what the host does not keep, beside what the record itself says: from its absence nothing follows.
 *  Assessments made before stay as they are.
 *  @param list The JSON array of the record format, or names of events with commas between.
 *  @return CPC_E_SYNTAX, CPC_E_INPUT; the record is then as it was.  @since 0.1 */
CPC_API cpc_status cpc_record_add_not_recorded(cpc_record* record, cpc_text list, cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_record_free(cpc_record* record);

/** The case's id. A text of a record lives until the record is changed or freed.  @since 0.1 */
CPC_API cpc_text cpc_record_case(const cpc_record* record);
/** @since 0.1 */
CPC_API size_t cpc_record_child_count(const cpc_record* record);
/** A child's id, in the order of the input.  @since 0.1 */
CPC_API cpc_text cpc_record_child(const cpc_record* record, size_t index);
/** @since 0.1 */
CPC_API size_t cpc_record_row_count(const cpc_record* record);
/** What reading found worth saying of the input itself.  @since 0.1 */
CPC_API size_t cpc_record_finding_count(const cpc_record* record);
/** One line.  @since 0.1 */
CPC_API cpc_text cpc_record_finding_text(const cpc_record* record, size_t index);
/** Where in the input: a JSON pointer.  @since 0.1 */
CPC_API cpc_text cpc_record_finding_place(const cpc_record* record, size_t index);

/* ---- Section: Assessment ------------------------------------------------- */

/** Everything a program says of a record as of a moment. Immutable; threads may share it. */
typedef struct cpc_assessment cpc_assessment;

/** Flags of cpc_assess_options. */
enum {
  CPC_ASSESS_NEEDS = 1,  /**< Also say which missing facts would settle what is undetermined. */
  CPC_ASSESS_NO_NEXT = 2 /**< Leave out what may happen next. */
};

/** How one assessment runs. Start from CPC_ASSESS_OPTIONS_INIT; fields are only ever appended. */
typedef struct cpc_assess_options {
  uint32_t struct_size; /**< sizeof(cpc_assess_options) where the caller was compiled. */
  uint32_t flags;       /**< CPC_ASSESS_... or 0. */
  cpc_moment known_at;  /**< Leave out rows recorded after it and those withdrawn by it, or CPC_NO_MOMENT. For holidays
                             see cpc_calendar_options. */
} cpc_assess_options;
#define CPC_ASSESS_OPTIONS_INIT \
  { (uint32_t)sizeof(cpc_assess_options), 0, CPC_NO_MOMENT }

/** Assesses `record` under `program` as of a moment. Safe from many threads at once on one program.
 *  @param as_of A day means its end.  @param options NULL means CPC_ASSESS_OPTIONS_INIT.
 *  @return CPC_E_ARGUMENT for a moment that is not accepted.  @since 0.1 */
CPC_API cpc_status cpc_program_assess(const cpc_program* program, const cpc_record* record, cpc_moment as_of,
                                      const cpc_assess_options* options, cpc_assessment** out, cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_assessment_free(cpc_assessment* assessment);

/** What an assessment comes to as a whole. */
typedef int32_t cpc_verdict;
enum {
  CPC_VERDICT_CLEAN = 1,       /**< No finding of severity breach, and no doubt about one. */
  CPC_VERDICT_BREACH = 2,      /**< A finding of severity breach. */
  CPC_VERDICT_UNDETERMINED = 3 /**< None, but a rule of that severity lacks a fact that the host does keep. */
};
/** @since 0.1 */
CPC_API cpc_status cpc_assessment_verdict(const cpc_assessment* assessment, cpc_verdict* out, cpc_error** error);

/** Flags of cpc_write_options. */
enum {
  CPC_WRITE_INDENTED = 1 /**< JSON on many lines, for people. */
};

/** How a document is written. Start from CPC_WRITE_OPTIONS_INIT; fields are only ever appended. */
typedef struct cpc_write_options {
  uint32_t struct_size; /**< sizeof(cpc_write_options) where the caller was compiled. */
  uint32_t flags;       /**< CPC_WRITE_... or 0. */
} cpc_write_options;
#define CPC_WRITE_OPTIONS_INIT \
  { (uint32_t)sizeof(cpc_write_options), 0 }

/** Writes the assessment document, the same bytes as `cpconf assess --format json`: everything that the getters give
 *  and more. `"complete": true` is its last member.
 *  @param options NULL means CPC_WRITE_OPTIONS_INIT.  @param out Does not keep the assessment alive.  @since 0.1 */
CPC_API cpc_status cpc_assessment_write_json(const cpc_assessment* assessment, const cpc_write_options* options,
                                             cpc_buffer** out, cpc_error** error);

/** Which rows an assessment left out. */
enum {
  CPC_LEFT_OUT_LATER = 0,         /**< Later than the moment of the judgement. */
  CPC_LEFT_OUT_NOT_YET_KNOWN = 1, /**< Recorded after `known_at`. */
  CPC_LEFT_OUT_WITHDRAWN = 2,
  CPC_LEFT_OUT_HOLIDAYS = 3 /**< Holidays of the calendar that were announced after its own `known_at`. */
};
/** How many of a kind were left out; 0 for a kind that is not known.  @since 0.1 */
CPC_API int32_t cpc_assessment_left_out(const cpc_assessment* assessment, int32_t kind);

/* What the results below have in common. `child` is the id of the child that a result is about, or empty. The
 * instances (a section 47 enquiry, a conference, a plan, ...) are at most CPC_MOST_INSTANCES; each has a kind, in the
 * vocabulary's words, and an id; both are empty for an index with none. */
#define CPC_MOST_INSTANCES 2

/** Yes or no, where it may be unknown: compare it, unknown is not no. */
typedef int32_t cpc_truth;
enum { CPC_UNKNOWN = 0, CPC_NO = 1, CPC_YES = 2 };

/* ---- Section: Timescales ------------------------------------------------- */

/** How a timescale stands. */
typedef int32_t cpc_timescale_status;
enum {
  CPC_TIMESCALE_NOT_APPLICABLE = 1,
  CPC_TIMESCALE_WAITING = 2,      /**< What it counts from has not happened. */
  CPC_TIMESCALE_UNDETERMINED = 3, /**< Facts are missing. */
  CPC_TIMESCALE_PENDING = 4,
  CPC_TIMESCALE_MET = 5,
  CPC_TIMESCALE_LATE = 6,
  CPC_TIMESCALE_OVERDUE = 7,
  CPC_TIMESCALE_MISSED = 8,      /**< The limit passed and the occasion is gone. */
  CPC_TIMESCALE_OUT_OF_ORDER = 9 /**< It ended before it began. */
};
/** "pending"; empty for a status that is not known. Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_timescale_status_name(cpc_timescale_status status);

/** Whether somebody who may has agreed to a delay. */
typedef int32_t cpc_authorised;
enum { CPC_AUTHORISED_NOT_PROVIDED_FOR = 1, CPC_AUTHORISED_YES = 2, CPC_AUTHORISED_NO = 3, CPC_AUTHORISED_UNKNOWN = 4 };

/** In what an amount of time is counted. */
typedef int32_t cpc_unit;
enum {
  CPC_UNIT_MINUTE = 1,
  CPC_UNIT_HOUR = 2,
  CPC_UNIT_DAY = 3,
  CPC_UNIT_WORKING_DAY = 4,
  CPC_UNIT_WEEK = 5,
  CPC_UNIT_MONTH = 6,
  CPC_UNIT_YEAR = 7,
  CPC_UNIT_GESTATION_WEEK = 8,
  CPC_UNIT_SAME_DAY = 9
};
/** "working_day"; empty for a unit that is not known. Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_unit_name(cpc_unit unit);

/** Which moment of a timescale. */
enum {
  CPC_TIMESCALE_FROM = 0,     /**< What it counts from. */
  CPC_TIMESCALE_DUE = 1,      /**< The strict limit. */
  CPC_TIMESCALE_ACT_BY = 2,   /**< The last working day on or before the limit. */
  CPC_TIMESCALE_ENDED = 3,    /**< When what it asks for happened. */
  CPC_TIMESCALE_DUE_FROM = 4, /**< Where it is not certain what it counts from: the earliest limit, */
  CPC_TIMESCALE_DUE_TO = 5    /**< and the latest. */
};

/** What to know about a timescale, as bits. */
enum {
  CPC_TIMESCALE_PROVISIONAL = 1,    /**< Days took part whose holidays are not known. */
  CPC_TIMESCALE_UNVERIFIED = 2,     /**< Its number was never seen in a source. */
  CPC_TIMESCALE_TIME_NOT_GIVEN = 4, /**< It turned on an order that only days tell. */
  CPC_TIMESCALE_HAS_AMOUNT = 8      /**< The amounts below mean something. */
};

/** How many timescales were judged, in the order of the rules.  @since 0.1 */
CPC_API size_t cpc_assessment_timescale_count(const cpc_assessment* assessment);
/** "hertfordshire/initial-conference".  @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_rule(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_duty(const cpc_assessment* assessment, size_t index);
/** How many clauses the rule cites; at least one.  @since 0.1 */
CPC_API size_t cpc_assessment_timescale_clause_count(const cpc_assessment* assessment, size_t index);
/** One of them: "HERT-7.2.7a".  @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_clause(const cpc_assessment* assessment, size_t index, size_t clause);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_child(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_instance_kind(const cpc_assessment* assessment, size_t index,
                                                        size_t instance);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_instance_id(const cpc_assessment* assessment, size_t index, size_t instance);
/** From 1 for a rule that repeats, else 0.  @since 0.1 */
CPC_API int32_t cpc_assessment_timescale_cycle(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_timescale_status cpc_assessment_timescale_status(const cpc_assessment* assessment, size_t index);
/** Why, where the status alone does not tell: "not_recorded", "lapsed"; else empty.  @since 0.1 */
CPC_API cpc_text cpc_assessment_timescale_because(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_authorised cpc_assessment_timescale_authorised(const cpc_assessment* assessment, size_t index);
/** Whether a reason for the delay is recorded.  @since 0.1 */
CPC_API cpc_truth cpc_assessment_timescale_explained(const cpc_assessment* assessment, size_t index);
/** CPC_TIMESCALE_PROVISIONAL and the other bits.  @since 0.1 */
CPC_API uint32_t cpc_assessment_timescale_flags(const cpc_assessment* assessment, size_t index);
/** CPC_TIMESCALE_FROM and the others. CPC_NO_MOMENT where there is none.  @since 0.1 */
CPC_API cpc_moment cpc_assessment_timescale_moment(const cpc_assessment* assessment, size_t index, int32_t which);
/** What is left (pending), by how much it passed (late, overdue, missed), or how long it took, in its own unit.
 *  @since 0.1 */
CPC_API int32_t cpc_assessment_timescale_amount(const cpc_assessment* assessment, size_t index);
/** The unit of the amount.  @since 0.1 */
CPC_API cpc_unit cpc_assessment_timescale_amount_unit(const cpc_assessment* assessment, size_t index);
/** The same amount in calendar days.  @since 0.1 */
CPC_API int32_t cpc_assessment_timescale_amount_days(const cpc_assessment* assessment, size_t index);
/** The same amount in minutes, for units of minutes and hours.  @since 0.1 */
CPC_API int32_t cpc_assessment_timescale_amount_minutes(const cpc_assessment* assessment, size_t index);
/** Names of all timescales, by the same index: rule, ids and cycle. They are the same in every run, and no two are
 *  alike: for a host to hang an acknowledgement on.  @since 0.1 */
CPC_API cpc_status cpc_assessment_timescale_keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error);

/* ---- Section: States ----------------------------------------------------- */

/** How many states of processes were followed, in the order of the rules.  @since 0.1 */
CPC_API size_t cpc_assessment_state_count(const cpc_assessment* assessment);
/** The process: "hertfordshire/plan".  @since 0.1 */
CPC_API cpc_text cpc_assessment_state_rule(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_state_duty(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_state_child(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_state_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_state_instance_id(const cpc_assessment* assessment, size_t index, size_t instance);
/** How many states it may be in: 1, or more while an answer is unknown.  @since 0.1 */
CPC_API size_t cpc_assessment_state_possible_count(const cpc_assessment* assessment, size_t index);
/** One of them: "active".  @since 0.1 */
CPC_API cpc_text cpc_assessment_state_possible(const cpc_assessment* assessment, size_t index, size_t possible);
/** Since when, or CPC_NO_MOMENT.  @since 0.1 */
CPC_API cpc_moment cpc_assessment_state_since(const cpc_assessment* assessment, size_t index);
/** 1 where it came there by an irregular way, else 0.  @since 0.1 */
CPC_API int32_t cpc_assessment_state_irregular(const cpc_assessment* assessment, size_t index);
/** Names of all of them, as cpc_assessment_timescale_keys.  @since 0.1 */
CPC_API cpc_status cpc_assessment_state_keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error);

/* ---- Section: Thresholds ------------------------------------------------- */

/** What the answers recorded come to. The decision is the chair's. */
typedef int32_t cpc_outcome;
enum { CPC_OUTCOME_UNDETERMINED = 0, CPC_OUTCOME_MET = 1, CPC_OUTCOME_NOT_MET = 2 };

/** How many sets of answers were judged.  @since 0.1 */
CPC_API size_t cpc_assessment_threshold_count(const cpc_assessment* assessment);
/** "hertfordshire/continuing-risk".  @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_rule(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_child(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_instance_kind(const cpc_assessment* assessment, size_t index,
                                                        size_t instance);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_instance_id(const cpc_assessment* assessment, size_t index, size_t instance);
/** The role of whoever answered, in the vocabulary's words, or empty.  @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_role(const cpc_assessment* assessment, size_t index);
/** The id of whoever answered, or empty.  @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_person(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_outcome cpc_assessment_threshold_outcome(const cpc_assessment* assessment, size_t index);
/** 1 where an answer is one that the text refuses, so that it has to be given anew; else 0.  @since 0.1 */
CPC_API int32_t cpc_assessment_threshold_restate(const cpc_assessment* assessment, size_t index);
/** How many questions were answered, from the first to where the answers end.  @since 0.1 */
CPC_API size_t cpc_assessment_threshold_path_count(const cpc_assessment* assessment, size_t index);
/** One of them: the node's id.  @since 0.1 */
CPC_API cpc_text cpc_assessment_threshold_path(const cpc_assessment* assessment, size_t index, size_t node);
/** Names of all of them, as cpc_assessment_timescale_keys.  @since 0.1 */
CPC_API cpc_status cpc_assessment_threshold_keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error);

/* ---- Section: Findings --------------------------------------------------- */

/** What is late, missing, out of order or worth a look. Immutable; threads may share it. */
typedef struct cpc_findings cpc_findings;

/** How much a finding weighs. */
typedef int32_t cpc_severity;
enum { CPC_SEVERITY_INFO = 1, CPC_SEVERITY_ADVISORY = 2, CPC_SEVERITY_BREACH = 3 };

/** The findings of an assessment, in the order of the rules; those about the input itself last.  @since 0.1 */
CPC_API cpc_status cpc_assessment_findings(const cpc_assessment* assessment, cpc_findings** out, cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_findings_free(cpc_findings* findings);

/** @since 0.1 */
CPC_API size_t cpc_findings_count(const cpc_findings* findings);
/** The rule, or empty for a finding about the input itself.  @since 0.1 */
CPC_API cpc_text cpc_findings_rule(const cpc_findings* findings, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_findings_duty(const cpc_findings* findings, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_findings_child(const cpc_findings* findings, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_findings_instance_kind(const cpc_findings* findings, size_t index, size_t instance);
/** @since 0.1 */
CPC_API cpc_text cpc_findings_instance_id(const cpc_findings* findings, size_t index, size_t instance);
/** @since 0.1 */
CPC_API cpc_severity cpc_findings_severity(const cpc_findings* findings, size_t index);
/** "late", "broken", "out_of_sequence", ...: what kind of thing it is. Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_findings_kind(const cpc_findings* findings, size_t index);
/** One sentence in plain English.  @since 0.1 */
CPC_API cpc_text cpc_findings_says(const cpc_findings* findings, size_t index);
/** Names the finding, the same in every run. For a host to hang an acknowledgement on.  @since 0.1 */
CPC_API cpc_text cpc_findings_key(const cpc_findings* findings, size_t index);
/** @since 0.1 */
CPC_API size_t cpc_findings_clause_count(const cpc_findings* findings, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_findings_clause(const cpc_findings* findings, size_t index, size_t clause);
/** How many rows of the record it rests on.  @since 0.1 */
CPC_API size_t cpc_findings_row_count(const cpc_findings* findings, size_t index);
/** One of them: its own id, or event, date and instance.  @since 0.1 */
CPC_API cpc_text cpc_findings_row(const cpc_findings* findings, size_t index, size_t row);
/** Where in the input, for a row that was left out: a JSON pointer, or empty.  @since 0.1 */
CPC_API cpc_text cpc_findings_place(const cpc_findings* findings, size_t index);
/** Whether a reason is recorded.  @since 0.1 */
CPC_API cpc_truth cpc_findings_explained(const cpc_findings* findings, size_t index);

/* ---- Section: Requirements ------------------------------------------------ */

/** How a requirement or a quorum stands for one row that it is judged by. */
typedef int32_t cpc_requirement_status;
enum {
  CPC_REQUIREMENT_NOT_APPLICABLE = 1,
  CPC_REQUIREMENT_SATISFIED = 2,
  CPC_REQUIREMENT_BROKEN = 3,
  CPC_REQUIREMENT_UNDETERMINED = 4 /**< Facts are missing. */
};
/** "broken"; empty for a status that is not known. Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_requirement_status_name(cpc_requirement_status status);

/** How many results of requirements and quorums there are, one a row that they are judged by.  @since 0.1 */
CPC_API size_t cpc_assessment_requirement_count(const cpc_assessment* assessment);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_rule(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_duty(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API size_t cpc_assessment_requirement_clause_count(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_clause(const cpc_assessment* assessment, size_t index, size_t clause);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_child(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_instance_kind(const cpc_assessment* assessment, size_t index,
                                                          size_t instance);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_instance_id(const cpc_assessment* assessment, size_t index,
                                                        size_t instance);
/** @since 0.1 */
CPC_API cpc_requirement_status cpc_assessment_requirement_status(const cpc_assessment* assessment, size_t index);
/** Why it is undetermined: "facts_missing", "not_recorded"; else empty. Lives for ever.  @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_because(const cpc_assessment* assessment, size_t index);
/** Whether a reason is recorded for one that is broken.  @since 0.1 */
CPC_API cpc_truth cpc_assessment_requirement_explained(const cpc_assessment* assessment, size_t index);
/** The event of the row that it is judged by.  @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_event(const cpc_assessment* assessment, size_t index);
/** When that row happened; without a day where the record does not say.  @since 0.1 */
CPC_API cpc_moment cpc_assessment_requirement_at(const cpc_assessment* assessment, size_t index);
/** The host's own id of that row, or empty.  @since 0.1 */
CPC_API cpc_text cpc_assessment_requirement_row_id(const cpc_assessment* assessment, size_t index);

/* ---- Section: Next steps -------------------------------------------------- */

/** How many steps of processes may come next; 0 with CPC_ASSESS_NO_NEXT.  @since 0.1 */
CPC_API size_t cpc_assessment_next_count(const cpc_assessment* assessment);
/** The process.  @since 0.1 */
CPC_API cpc_text cpc_assessment_next_rule(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_next_child(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_next_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_next_instance_id(const cpc_assessment* assessment, size_t index, size_t instance);
/** The event that would take the step.  @since 0.1 */
CPC_API cpc_text cpc_assessment_next_event(const cpc_assessment* assessment, size_t index);
/** The state that it leads to, or "same".  @since 0.1 */
CPC_API cpc_text cpc_assessment_next_to(const cpc_assessment* assessment, size_t index);
/** Whether its condition holds as things stand.  @since 0.1 */
CPC_API cpc_truth cpc_assessment_next_guard(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API size_t cpc_assessment_next_clause_count(const cpc_assessment* assessment, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_assessment_next_clause(const cpc_assessment* assessment, size_t index, size_t clause);

/* ---- Section: Missing facts ----------------------------------------------- */

/** The facts that would settle what is undetermined. Immutable; threads may share it. */
typedef struct cpc_missing_facts cpc_missing_facts;

/** The missing facts of an assessment, those that settle most first. It owns its texts.
 *  @return CPC_E_ARGUMENT where the assessment was made without CPC_ASSESS_NEEDS: an empty list would look as if
 *  nothing were missing.  @since 0.1 */
CPC_API cpc_status cpc_assessment_missing_facts(const cpc_assessment* assessment, cpc_missing_facts** out,
                                                cpc_error** error);
/** @since 0.1 */
CPC_API void cpc_missing_facts_free(cpc_missing_facts* facts);
/** @since 0.1 */
CPC_API size_t cpc_missing_facts_count(const cpc_missing_facts* facts);
/** "decision_made.category"; an event alone where its rows are not kept.  @since 0.1 */
CPC_API cpc_text cpc_missing_facts_name(const cpc_missing_facts* facts, size_t index);
/** How many checks wait for it: each rule once for each child and instance.  @since 0.1 */
CPC_API int32_t cpc_missing_facts_checks(const cpc_missing_facts* facts, size_t index);
/** How many rows lack it.  @since 0.1 */
CPC_API size_t cpc_missing_facts_row_count(const cpc_missing_facts* facts, size_t index);
/** One of them, as cpc_findings_row.  @since 0.1 */
CPC_API cpc_text cpc_missing_facts_row(const cpc_missing_facts* facts, size_t index, size_t row);
/** How many rules wait for it.  @since 0.1 */
CPC_API size_t cpc_missing_facts_rule_count(const cpc_missing_facts* facts, size_t index);
/** @since 0.1 */
CPC_API cpc_text cpc_missing_facts_rule(const cpc_missing_facts* facts, size_t index, size_t rule);

/* ---- Section: Workspace -------------------------------------------------- */

/** The memory for one record after another: what one record took serves the next. Belongs to one thread at a time. */
typedef struct cpc_workspace cpc_workspace;

/** @since 0.1 */
CPC_API cpc_status cpc_workspace_new(cpc_workspace** out, cpc_error** error);
/** Frees what it lent too.  @since 0.1 */
CPC_API void cpc_workspace_free(cpc_workspace* workspace);
/** As cpc_record_read, into the workspace's own record. What the workspace lent before is no longer valid.
 *  @param out NULL, or receives the record: lent, not to be freed, until the next read or the workspace's end.
 *  @since 0.1 */
CPC_API cpc_status cpc_workspace_read(cpc_workspace* workspace, cpc_text json, const cpc_record_options* options,
                                      cpc_record** out, cpc_error** error);
/** As cpc_program_assess, of the record that was read last.
 *  @param out Receives the assessment: lent, not to be freed, until the next call on the workspace or its record.
 *  @return CPC_E_ARGUMENT also where no record was read, or the last read failed.  @since 0.1 */
CPC_API cpc_status cpc_workspace_assess(cpc_workspace* workspace, const cpc_program* program, cpc_moment as_of,
                                        const cpc_assess_options* options, const cpc_assessment** out,
                                        cpc_error** error);

#ifdef __cplusplus
}
#endif

#endif
