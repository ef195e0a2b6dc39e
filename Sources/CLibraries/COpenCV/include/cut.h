#ifndef MOMENTS_CUT_H
#define MOMENTS_CUT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Cuts what stands in a rectangle out of a picture by its colours (GrabCut of OpenCV's imgproc module).
///
/// `pixels` are rows of blue, green and red without gaps; the rectangle lies inside and leaves something of the picture.
/// What is in its middle counts as the subject's in any case, what is outside as the ground's.
/// The same picture gives the same: `mask` gets a byte for each pixel, 1 for the subject and 0 for what is not.
/// Returns 0, or a negative number, and why in `message`.
int moments_cut(
    const unsigned char *pixels,
    int width,
    int height,
    int left,
    int top,
    int across,
    int down,
    int rounds,
    unsigned char *mask,
    char *message,
    size_t message_size);

#ifdef __cplusplus
}
#endif

#endif
