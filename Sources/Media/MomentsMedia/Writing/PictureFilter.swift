internal import CLibAV
internal import MomentsCore

/// Sends pictures through a chain of libavfilter's filters, made anew whenever their form changes.
///
/// Used on one thread.
final class PictureFilter {
    /// Writes the chain for pictures of a form, of which some may be interlaced.
    typealias Chain = (PictureForm, _ isInterlaced: Bool) -> (text: String, table: ToneTable.Key?)
    /// Takes a picture that came out, and its time.
    typealias Consumer = (borrowing Frame, MediaTime) throws(MediaError) -> Void

    private let base: Rational
    private let chain: Chain
    private let output: FrameBox
    private var form: PictureForm?
    /// Once a picture was interlaced the chain is ready for more; recordings change back and forth.
    private var isInterlaced = false
    private var mapper: ToneMapper?
    private var graph: UnsafeMutablePointer<AVFilterGraph>?
    private var source: UnsafeMutablePointer<AVFilterContext>?
    private var sink: UnsafeMutablePointer<AVFilterContext>?

    /// Makes a filter for pictures whose times are exact in ticks of `base`.
    init(base: Rational, chain: @escaping Chain) throws(MediaError) {
        self.base = base
        self.chain = chain
        output = try FrameBox()
    }

    deinit { avfilter_graph_free(&graph) }

    /// Sends a picture in and hands over all that come out: none yet, one, or some held back before.
    func push(_ frame: borrowing Frame, at time: MediaTime, _ consume: Consumer) throws(MediaError) {
        let now = PictureForm(frame.raw.pointee)
        let turnsInterlaced = frame.isInterlaced && !isInterlaced
        if form != now || turnsInterlaced {
            try finish(consume)
            isInterlaced = isInterlaced || turnsInterlaced
            try build(now)
        }
        let own = frame.raw.pointee.pts
        frame.raw.pointee.pts = time.timestamp(in: base)
        let result = av_buffersrc_add_frame_flags(source, frame.raw, CInt(AV_BUFFERSRC_FLAG_KEEP_REF))
        frame.raw.pointee.pts = own
        try check(result, "filter", "a picture")
        try drain(consume)
    }

    /// Hands over what is held back; the next picture starts a new chain.
    func finish(_ consume: Consumer) throws(MediaError) {
        guard form != nil else { return }
        form = nil
        try check(av_buffersrc_add_frame_flags(source, nil, 0), "filter", "a picture")
        try drain(consume)
    }

    private func drain(_ consume: Consumer) throws(MediaError) {
        while true {
            av_frame_unref(output.value.raw)
            let result = av_buffersink_get_frame(sink, output.value.raw)
            if result == moments_averror_again || result == moments_averror_eof { return }
            try check(result, "filter", "a picture")
            let time = MediaTime(
                timestamp: output.value.raw.pointee.pts,
                base: Rational(av_buffersink_get_time_base(sink))
            )
            if let mapper {
                try mapper.map(output.value) { (mapped) throws(MediaError) in try consume(mapped, time) }
            } else {
                try consume(output.value, time)
            }
        }
    }

    private func build(_ form: PictureForm) throws(MediaError) {
        avfilter_graph_free(&graph)
        graph = avfilter_graph_alloc()
        graph?.pointee.nb_threads = 2
        let arguments =
            "video_size=\(form.width)x\(form.height):pix_fmt=\(form.format)"
            + ":time_base=\(base.numerator)/\(base.denominator):pixel_aspect=\(form.ratio.num)/\(form.ratio.den)"
        let (text, table) = chain(form, isInterlaced)
        if mapper?.table.key != table { mapper = try table.map { (key) throws(MediaError) in try ToneMapper(key) } }
        let made = "a picture filter"
        try check(
            avfilter_graph_create_filter(&source, avfilter_get_by_name("buffer"), "in", arguments, nil, graph),
            "make",
            made
        )
        try check(
            avfilter_graph_create_filter(&sink, avfilter_get_by_name("buffersink"), "out", nil, nil, graph),
            "make",
            made
        )
        var outputs = avfilter_inout_alloc()
        var inputs = avfilter_inout_alloc()
        defer {
            avfilter_inout_free(&outputs)
            avfilter_inout_free(&inputs)
        }
        outputs?.pointee.name = av_strdup("in")
        outputs?.pointee.filter_ctx = source
        inputs?.pointee.name = av_strdup("out")
        inputs?.pointee.filter_ctx = sink
        try check(avfilter_graph_parse_ptr(graph, text, &inputs, &outputs, nil), "make the filter", text)
        try check(avfilter_graph_config(graph, nil), "make the filter", text)
        self.form = form
    }
}
