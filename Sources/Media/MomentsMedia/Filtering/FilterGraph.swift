internal import CLibAV
package import MomentsCore

/// One chain of libavfilter's filters with one way in and one way out.
///
/// Used on one thread.
package final class FilterGraph {
    /// What goes through it.
    package enum Kind {
        case video
        case audio
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
    ///   - first: A filter before the chain whose options are bytes that no syntax may touch.
    ///   - chain: The filters, in libavfilter's syntax.
    ///   - threads: How many threads filter slices of frames.
    /// - Throws: `MediaError` where libavfilter knows no way; it names the chain.
    package init(
        _ kind: Kind,
        form: String,
        first: (name: String, options: [String: [UInt8]])? = nil,
        chain: String,
        threads: Int = 1
    ) throws {
        subject = kind == .video ? "a picture" : "sound"
        graph = avfilter_graph_alloc()
        graph?.pointee.nb_threads = CInt(threads)
        do {
            try build(kind == .video ? ("buffer", "buffersink") : ("abuffer", "abuffersink"), form, first, chain)
        } catch {
            avfilter_graph_free(&graph)
            throw error
        }
    }

    deinit { avfilter_graph_free(&graph) }

    private func build(
        _ ends: (String, String),
        _ form: String,
        _ first: (name: String, options: [String: [UInt8]])?,
        _ chain: String
    ) throws {
        let into = avfilter_get_by_name(ends.0)
        let out = avfilter_get_by_name(ends.1)
        try check(avfilter_graph_create_filter(&source, into, "in", form, nil, graph), "make the filter", chain)
        try check(avfilter_graph_create_filter(&sink, out, "out", nil, nil, graph), "make the filter", chain)
        let begin = try first.map { first in try add(first.name, first.options) } ?? source
        var outputs = avfilter_inout_alloc()
        var inputs = avfilter_inout_alloc()
        defer {
            avfilter_inout_free(&outputs)
            avfilter_inout_free(&inputs)
        }
        outputs?.pointee.name = av_strdup("in")
        outputs?.pointee.filter_ctx = begin
        inputs?.pointee.name = av_strdup("out")
        inputs?.pointee.filter_ctx = sink
        try check(avfilter_graph_parse_ptr(graph, chain, &inputs, &outputs, nil), "make the filter", chain)
        try check(avfilter_graph_config(graph, nil), "make the filter", chain)
    }

    /// Puts a filter behind the source.
    private func add(
        _ name: String,
        _ options: [String: [UInt8]]
    ) throws -> UnsafeMutablePointer<AVFilterContext>? {
        let filter = avfilter_graph_alloc_filter(graph, avfilter_get_by_name(name), name)
        var values: OpaquePointer?
        defer { av_dict_free(&values) }
        for (key, value) in options {
            _ = (value + [0]).withUnsafeBytes { bytes in
                av_dict_set(&values, key, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), 0)
            }
        }
        try check(
            filter == nil ? moments_averror(ENOMEM) : avfilter_init_dict(filter, &values),
            "make the filter",
            name
        )
        try check(avfilter_link(source, 0, filter, 0), "make the filter", name)
        return filter
    }

    /// Seconds per tick of the times that come out.
    package var timeBase: Rational { Rational(av_buffersink_get_time_base(sink)) }

    /// Sends a frame in; it is left as it is.
    package func push(_ frame: borrowing Frame) throws {
        try check(
            av_buffersrc_add_frame_flags(source, frame.raw, CInt(AV_BUFFERSRC_FLAG_KEEP_REF)),
            "filter",
            subject
        )
    }

    /// Tells that nothing follows, so that the last frames come out.
    package func finish() throws {
        try check(av_buffersrc_add_frame_flags(source, nil, 0), "filter", subject)
    }

    /// Takes the next frame that is ready.
    ///
    /// - Parameter frame: Receives it.
    /// - Returns: False when none is ready, or none will follow.
    /// - Throws: `MediaError`.
    package func pull(into frame: borrowing Frame) throws -> Bool {
        av_frame_unref(frame.raw)
        let result = av_buffersink_get_frame(sink, frame.raw)
        if result == moments_averror_again || result == moments_averror_eof { return false }
        try check(result, "filter", subject)
        return true
    }
}
