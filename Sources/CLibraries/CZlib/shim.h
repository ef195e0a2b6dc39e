#include <zlib.h>

/// inflateInit2 is a macro, which the importer does not see.
static inline int moments_inflate_raw(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
