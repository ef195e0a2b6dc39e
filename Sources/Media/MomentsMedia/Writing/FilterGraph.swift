internal import CLibAV
internal import MomentsCore

/// One chain of libavfilter's filters with one way in and one way out.
///
/// Used on one thread.
final class FilterGraph {
    /// What goes through it.
    enum Kind {
        case pictures
        case sound
    }

    private let subject: String
    private var graph: UnsafeMutablePointer<AVFilterGraph>?
    private var source: UnsafeMutablePointer<AVFilterContext>?
    private var sink: UnsafeMutablePointer<AVFilterContext>?

    /// Makes a chain.
    ///
    /// - Parameters:
    ///   - kind: What goes through it.
    ///   - form: What comes in, as the arguments of libavfilter's `buffer` or `abuffer`.
    ///   - chain: The filters, in libavfilter's syntax.
    ///   - threads: How many threads filter slices of pictures.
    /// - Throws: `MediaError` where libavfilter knows no way; it names the chain.
    init(_ kind: Kind, form: String, chain: String, threads: Int = 1) throws(MediaError) {
        subject = kind == .pictures ? "a picture" : "sound"
        graph = avfilter_graph_alloc()
        graph?.pointee.nb_threads = CInt(threads)
        do throws(MediaError) {
            try build(kind == .pictures ? ("buffer", "buffersink") : ("abuffer", "abuffersink"), form, chain)
        } catch {
            avfilter_graph_free(&graph)
            throw error
        }
    }

    deinit { avfilter_graph_free(&graph) }

    private func build(_ ends: (String, String), _ form: String, _ chain: String) throws(MediaError) {
        let into = avfilter_get_by_name(ends.0)
        let out = avfilter_get_by_name(ends.1)
        try check(avfilter_graph_create_filter(&source, into, "in", form, nil, graph), "make the filter", chain)
        try check(avfilter_graph_create_filter(&sink, out, "out", nil, nil, graph), "make the filter", chain)
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
        try check(avfilter_graph_parse_ptr(graph, chain, &inputs, &outputs, nil), "make the filter", chain)
        try check(avfilter_graph_config(graph, nil), "make the filter", chain)
    }

    /// Seconds per tick of the times that come out.
    var timeBase: Rational { Rational(av_buffersink_get_time_base(sink)) }

    /// Sends a frame in; it is left as it is.
    func push(_ frame: borrowing Frame) throws(MediaError) {
        try check(
            av_buffersrc_add_frame_flags(source, frame.raw, CInt(AV_BUFFERSRC_FLAG_KEEP_REF)),
            "filter",
            subject
        )
    }

    /// Tells that nothing follows, so that the last frames come out.
    func finish() throws(MediaError) {
        try check(av_buffersrc_add_frame_flags(source, nil, 0), "filter", subject)
    }

    /// Takes the next frame that is ready.
    ///
    /// - Parameter frame: Receives it.
    /// - Returns: False when none is ready, or none will follow.
    /// - Throws: `MediaError`.
    func pull(into frame: borrowing Frame) throws(MediaError) -> Bool {
        av_frame_unref(frame.raw)
        let result = av_buffersink_get_frame(sink, frame.raw)
        if result == moments_averror_again || result == moments_averror_eof { return false }
        try check(result, "filter", subject)
        return true
    }
}
