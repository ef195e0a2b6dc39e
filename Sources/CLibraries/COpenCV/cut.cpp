#include "cut.h"

#include <cstdio>
#include <exception>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace {

// Half the sides of the ellipse in a rectangle's middle that is surely the subject's, as a share of the rectangle's.
const double core = 0.2;

}  // namespace

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
    size_t message_size) {
    try {
        // It begins with clusters drawn by chance.
        cv::setRNGSeed(1);
        cv::setNumThreads(1);
        const cv::Mat picture(height, width, CV_8UC3, const_cast<unsigned char *>(pixels));
        cv::Mat labels(height, width, CV_8UC1, mask), background, foreground;
        labels.setTo(cv::GC_BGD);
        labels(cv::Rect(left, top, across, down)).setTo(cv::GC_PR_FGD);
        // What is in the middle of its rectangle is the subject's: without that, one of the ground's colours is lost whole.
        for (int y = top; y < top + down; y++) {
            for (int x = left; x < left + across; x++) {
                const double aside = (x + 0.5 - left - across / 2.0) / (core * across);
                const double below = (y + 0.5 - top - down / 2.0) / (core * down);
                if (aside * aside + below * below < 1) labels.at<unsigned char>(y, x) = cv::GC_FGD;
            }
        }
        cv::grabCut(picture, labels, cv::Rect(), background, foreground, rounds, cv::GC_INIT_WITH_MASK);
        for (int place = 0; place < width * height; place++) {
            mask[place] = labels.data[place] == cv::GC_FGD || labels.data[place] == cv::GC_PR_FGD;
        }
        return 0;
    } catch (const std::exception &error) {
        if (message_size > 0) std::snprintf(message, message_size, "%s", error.what());
    }
    return -1;
}
