/* leaks.c: what the leak checker of the sanitized builds is not to report.  fontconfig keeps caches
 * until the process ends; taking them down by hand races with the threads that pango lets search
 * for fonts. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
