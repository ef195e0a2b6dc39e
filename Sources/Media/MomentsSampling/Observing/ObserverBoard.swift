internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// All observers of a video; costs nothing where there are none.
final class ObserverBoard: Sendable {
    private let channels: [ObserverChannel]
    private let source: MediaSource
    private let times: FrameTimes?

    /// Makes a board.
    ///
    /// - Parameters:
    ///   - observers: Who is shown frames.
    ///   - source: The video, by whose shape they are shown.
    ///   - times: When each frame is shown where that is not when it is decoded, as of a proxy; nil for the same.
    init(_ observers: [any FrameObserver], _ source: MediaSource, times: FrameTimes? = nil) {
        self.times = times
        channels = observers.map(ObserverChannel.init)
        self.source = source
    }

    /// Shares out what several pieces of work may show.
    ///
    /// - Parameters:
    ///   - spans: What each of them sees, in seconds; the first of two that see the same moment shows it.
    ///   - pass: The pass they belong to.
    /// - Returns: For each what it may show.
    func claims(_ spans: [[ClosedRange<Double>]], in pass: SamplingPasses) -> [ObserverClaim] {
        guard !channels.isEmpty else { return spans.map { _ in ObserverClaim(slots: []) } }
        var taken = channels.map { _ in Set<Int>() }
        return spans.map { ranges in
            ObserverClaim(
                slots: channels.indices.map { index in
                    let channel = channels[index]
                    guard channel.request.passes.contains(pass) else { return [] }
                    var slots: Set<Int> = []
                    for range in ranges {
                        for slot in channel.slot(range.lowerBound)...channel.slot(range.upperBound)
                        where !channel.isFilled(slot) && taken[index].insert(slot).inserted { slots.insert(slot) }
                    }
                    return slots
                }
            )
        }
    }

    /// Shows a frame to all who are to see it.
    ///
    /// - Parameters:
    ///   - frame: The frame as decoded.
    ///   - time: When it is shown.
    ///   - number: Its place among the frames shown.
    ///   - pass: The pass it was decoded in.
    ///   - claim: What this piece of work may show; nil where nobody else shows anything.
    ///   - scalers: The thread's own.
    /// - Throws: `MediaError` when it cannot be made small.
    func show(
        _ frame: borrowing Frame,
        at time: MediaTime,
        number: Int,
        in pass: SamplingPasses,
        _ claim: ObserverClaim?,
        _ scalers: ObserverScalers
    ) throws {
        for index in channels.indices {
            let channel = channels[index]
            let slot = channel.slot(time.seconds)
            guard channel.request.passes.contains(pass), claim.map({ $0.slots[index].contains(slot) }) ?? true,
                channel.fill(slot)
            else { continue }
            let small = try scalers.upright(frame, source, channel.request)
            channel.show(
                ObservedFrame(
                    time: times.map { $0[number] } ?? time,
                    number: number,
                    pass: pass,
                    width: small.width,
                    height: small.height,
                    form: channel.request.form,
                    planes: planes(small, channel.request.form)
                )
            )
        }
    }

    private func planes(_ frame: PlanarFrame, _ form: PixelForm) -> [[UInt8]] {
        switch form {
        case .luma: [frame.planes[0]]
        case .planar: frame.planes
        case .rgb: [frame.rgb(matrix: matrix)]
        }
    }

    /// The matrix as tagged, else what players assume for the size.
    private var matrix: String {
        let format = source.video.format
        guard format.matrix == "unknown" else { return format.matrix }
        return format.height >= 720 || format.width >= 1280 ? "bt709" : "smpte170m"
    }
}
