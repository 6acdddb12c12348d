/* A sentence of C, in two pieces; others that nobody outside reads. */
const char *greet(void)
{
    return said(SAY("Good %s, "
                    "%s"),
                "upkeep: not said");
}
