#include <pango/pangocairo.h>

// Glyphs that no font has, macros in C: the character stands in the number.
static const PangoGlyph moments_pango_unknown = PANGO_GLYPH_UNKNOWN_FLAG;
static const PangoGlyph moments_pango_empty = PANGO_GLYPH_EMPTY;
