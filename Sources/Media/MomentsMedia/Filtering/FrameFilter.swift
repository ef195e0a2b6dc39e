internal import CLibAV
package import MomentsCore

/// Sends frames through a chain of libavfilter's filters, made anew whenever their form changes.
///
/// Used on one thread.
package final class FrameFilter {
    /// Writes the chain for frames of a form, of which some may be interlaced.
    package typealias Chain = (FrameFormat, _ isInterlaced: Bool) -> (text: String, table: ToneTable.Key?)
    /// Takes a frame that came out, and its time.
    package typealias Consumer = (borrowing Frame, MediaTime) throws -> Void

    private let base: Rational
    private let chain: Chain
    private let output: FrameBox
    private var form: FrameFormat?
    /// Once a frame was interlaced the chain is ready for more; recordings change back and forth.
    private var isInterlaced = false
    private var mapper: ToneMapper?
    private var graph: FilterGraph?

    /// Makes a filter for frames whose times are exact in ticks of `base`.
    package init(base: Rational, chain: @escaping Chain) throws {
        self.base = base
        self.chain = chain
        output = try FrameBox()
    }

    /// Sends a frame in and hands over all that come out: none yet, one, or some held back before.
    package func push(_ frame: borrowing Frame, at time: MediaTime, _ consume: Consumer) throws {
        let now = FrameFormat(frame.raw.pointee)
        let turnsInterlaced = frame.isInterlaced && !isInterlaced
        if form != now || turnsInterlaced {
            try finish(consume)
            isInterlaced = isInterlaced || turnsInterlaced
            try build(now)
        }
        let own = frame.raw.pointee.pts
        frame.raw.pointee.pts = time.timestamp(in: base)
        defer { frame.raw.pointee.pts = own }
        try graph?.push(frame)
        try drain(consume)
    }

    /// Hands over what is held back; the next frame starts a new chain.
    package func finish(_ consume: Consumer) throws {
        guard form != nil else { return }
        form = nil
        try graph?.finish()
        try drain(consume)
    }

    private func drain(_ consume: Consumer) throws {
        while let graph, try graph.pull(into: output.value) {
            let time = MediaTime(timestamp: output.value.raw.pointee.pts, base: graph.timeBase)
            if let mapper {
                try mapper.map(output.value) { mapped in try consume(mapped, time) }
            } else {
                try consume(output.value, time)
            }
        }
    }

    private func build(_ form: FrameFormat) throws {
        graph = nil
        let (text, table) = chain(form, isInterlaced)
        if mapper?.table.key != table { mapper = try table.map { key in try ToneMapper(key) } }
        graph = try FilterGraph(
            .video,
            form: "video_size=\(form.width)x\(form.height):pix_fmt=\(form.format)"
                + ":time_base=\(base.numerator)/\(base.denominator):pixel_aspect=\(form.ratio.num)/\(form.ratio.den)",
            chain: text,
            threads: 2
        )
        self.form = form
    }
}
