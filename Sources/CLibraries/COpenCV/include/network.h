#ifndef MOMENTS_NETWORK_H
#define MOMENTS_NETWORK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A trained network of OpenCV's dnn module, behind plain C: no type and no exception of C++ comes out.
typedef struct moments_network moments_network;

/// How a network is written down.
typedef enum {
    moments_network_onnx,
    moments_network_tensorflow,
    moments_network_darknet,
} moments_network_format;

/// Reads a network from memory; `graph` is the second file of formats that have one, else empty.
///
/// Returns NULL where it is none, and why in `message`.
moments_network *moments_network_read(
    moments_network_format format,
    const unsigned char *weights,
    size_t weights_size,
    const unsigned char *graph,
    size_t graph_size,
    char *message,
    size_t message_size);

/// Gives a network back; NULL is none.
void moments_network_free(moments_network *network);

/// Puts a picture through: `channels` planes of `height` rows of `width` numbers.
///
/// `names` are the outputs wanted; with none, all that the network ends in. Returns how many outputs there are, or a
/// negative number, and why in `message`.
int moments_network_run(
    moments_network *network,
    float *input,
    int channels,
    int height,
    int width,
    const char *const *names,
    int names_count,
    char *message,
    size_t message_size);

/// An output of the last run, in the network's own memory until the next; its sides go into `shape`, at most four.
///
/// Returns NULL where it is none of numbers with at most four sides.
const float *moments_network_output(moments_network *network, int index, int shape[4], int *sides);

#ifdef __cplusplus
}
#endif

#endif
