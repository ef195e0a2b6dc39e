// What the libav headers define as macros, which Swift cannot import.
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/crc.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/mastering_display_metadata.h>
#include <libavutil/mathematics.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
#include <malloc.h>

static inline int moments_averror(int posix) { return AVERROR(posix); }
static const int moments_averror_again = AVERROR(EAGAIN);
static const int moments_averror_eof = AVERROR_EOF;
static const int moments_averror_exit = AVERROR_EXIT;
static const int moments_averror_invaliddata = AVERROR_INVALIDDATA;
static const int moments_averror_decoder_not_found = AVERROR_DECODER_NOT_FOUND;
static const int moments_averror_encoder_not_found = AVERROR_ENCODER_NOT_FOUND;
static const int64_t moments_av_nopts = AV_NOPTS_VALUE;
static const uint64_t moments_channel_mono = AV_CH_LAYOUT_MONO;
static const uint64_t moments_channel_stereo = AV_CH_LAYOUT_STEREO;
static const uint64_t moments_channel_5point1 = AV_CH_LAYOUT_5POINT1_BACK;
