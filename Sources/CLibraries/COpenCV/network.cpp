#include "network.h"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

struct moments_network {
    cv::dnn::Net net;
    std::vector<cv::String> ends;
    std::vector<cv::Mat> outputs;
};

namespace {

// What goes wrong is told by who asked, in one sentence; the library would print it to the standard error too.
int be_quiet(int, const char *, const char *, const char *, int, void *) { return 0; }

void tell(const char *reason, char *message, size_t size) {
    if (size > 0) std::snprintf(message, size, "%s", reason);
}

// The library's own words without its version, file and line.
std::string words(const cv::Exception &error) { return error.err.empty() ? std::string(error.what()) : error.err; }

cv::dnn::Net read(
    moments_network_format format,
    const char *weights,
    size_t weights_size,
    const char *graph,
    size_t graph_size) {
    switch (format) {
    case moments_network_onnx: return cv::dnn::readNetFromONNX(weights, weights_size);
    case moments_network_tensorflow: return cv::dnn::readNetFromTensorflow(weights, weights_size, graph, graph_size);
    case moments_network_darknet: return cv::dnn::readNetFromDarknet(graph, graph_size, weights, weights_size);
    }
    return cv::dnn::Net();
}

}  // namespace

moments_network *moments_network_read(
    moments_network_format format,
    const unsigned char *weights,
    size_t weights_size,
    const unsigned char *graph,
    size_t graph_size,
    char *message,
    size_t message_size) {
    moments_network *network = nullptr;
    try {
        cv::redirectError(be_quiet);
        // Threads that wait for each other between layers cost more than they gain at these sizes.
        cv::setNumThreads(1);
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        network = new moments_network();
        network->net = read(
            format, reinterpret_cast<const char *>(weights), weights_size, reinterpret_cast<const char *>(graph),
            graph_size);
        if (network->net.empty()) throw cv::Exception(cv::Error::StsError, "there is no network in it", "", "", 0);
        network->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        network->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        network->ends = network->net.getUnconnectedOutLayersNames();
        return network;
    } catch (const cv::Exception &error) {
        tell(words(error).c_str(), message, message_size);
    } catch (const std::exception &error) {
        tell(error.what(), message, message_size);
    }
    delete network;
    return nullptr;
}

void moments_network_free(moments_network *network) { delete network; }

int moments_network_run(
    moments_network *network,
    float *input,
    int channels,
    int height,
    int width,
    const char *const *names,
    int names_count,
    char *message,
    size_t message_size) {
    try {
        const int shape[] = {1, channels, height, width};
        std::vector<cv::String> wanted(names, names + names_count);
        if (wanted.empty()) wanted = network->ends;
        network->net.setInput(cv::Mat(4, shape, CV_32F, input));
        network->outputs.clear();
        network->net.forward(network->outputs, wanted);
        return static_cast<int>(network->outputs.size());
    } catch (const cv::Exception &error) {
        tell(words(error).c_str(), message, message_size);
    } catch (const std::exception &error) {
        tell(error.what(), message, message_size);
    }
    return -1;
}

const float *moments_network_output(moments_network *network, int index, int shape[4], int *sides) {
    if (index < 0 || static_cast<size_t>(index) >= network->outputs.size()) return nullptr;
    const cv::Mat &output = network->outputs[index];
    if (output.depth() != CV_32F || output.channels() != 1 || !output.isContinuous() || output.dims > 4) return nullptr;
    for (int side = 0; side < output.dims; side++) shape[side] = output.size[side];
    *sides = output.dims;
    return output.ptr<float>();
}
