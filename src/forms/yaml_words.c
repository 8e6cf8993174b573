/* What libyaml complains about, in plain words. */
#include "inside.h"

#include <string.h>

static const struct {
    const char *theirs, *ours;
} words[] = {
    {"mapping values are not allowed in this context",
     N_("a colon stands where none can; check the indentation, and put texts with a colon in "
        "quotes")},
    {"mapping keys are not allowed in this context",
     N_("a key stands where none can; check the indentation")},
    {"block sequence entries are not allowed in this context",
     N_("\"- \" stands where no list can begin; check the indentation")},
    {"could not find expected ':'", N_("a colon and a value are missing after the key")},
    {"found unexpected ':'", N_("a colon is not expected here; put the text in quotes")},
    {"found character that cannot start any token",
     N_("a text cannot begin with this character; put the text in quotes")},
    {"found unexpected end of stream", N_("a quote is opened here and never closed")},
    {"found unexpected document indicator", N_("a quote is opened here and never closed")},
    {"found unknown escape character",
     N_("unknown \\ sequence in the text; write \\\\ for a backslash")},
    {"did not find expected ',' or ']'", N_("a comma or the closing ] is missing before this")},
    {"did not find expected ',' or '}'", N_("a comma or the closing } is missing before this")},
    {"did not find expected key", N_("a key is expected here; check indentation and quotes")},
    {"did not find expected '-' indicator", N_("\"- \" is expected here; check the indentation")},
    {"did not find expected node content", N_("a value is missing here")},
    {"did not find expected <document start>",
     N_("the file should have ended here; check the indentation")},
    {"did not find expected whitespace or line break", N_("a space is missing here")},
    {"found unknown directive name", N_("lines that begin with % are not allowed")},
    {"found duplicate %YAML directive", N_("lines that begin with % are not allowed")},
    {"found duplicate %TAG directive", N_("lines that begin with % are not allowed")},
    {"found incompatible YAML document", N_("lines that begin with % are not allowed")},
    {"found undefined tag handle", N_("marks with ! are not allowed")},
    {"found invalid tag handle", N_("marks with ! are not allowed")},
    {"while scanning a tag", N_("marks with ! are not allowed")},
    {"did not find URI escaped octet", N_("marks with ! are not allowed")},
    {"did not find expected alphabetic or numeric character",
     N_("& and * begin something that is not allowed here; put the text in quotes")},
};

const char *yaml_words(const char *problem)
{
    for (size_t i = 0; problem && i < N_OF(words); i++) {
        if (strcmp(words[i].theirs, problem) == 0) {
            return _(words[i].ours);
        }
    }
    return _(
        "the file cannot be read from here on; check indentation, quotes, colons and brackets");
}
