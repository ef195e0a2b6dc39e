public import MomentsCore

/// Cuts audio as it comes into blocks on the video's own grid, whatever the pieces, gaps and overlaps.
///
/// Small steps of the timestamps are the container's rounding, and the samples are taken as one stream. A real gap is
/// filled with silence; what overlaps is dropped.
public struct AudioBlocks {
    /// Seconds by which timestamps may disagree with the samples counted before they are believed.
    private static let tolerance = 0.04
    /// Seconds of silence handed on for a gap, at most; the rest is left out.
    private static let longestFill = 3.0

    private let channels: Int
    private var pending: [Float] = []
    /// The grid position of the first pending sample, in samples from 0.
    private var position = 0

    /// Makes a cutter for audio of `channels` channels at `AudioAnalyzer.rate`.
    public init(channels: Int) {
        precondition(channels > 0)
        self.channels = channels
    }

    /// Adds samples, and hands on each block they complete.
    ///
    /// - Parameters:
    ///   - samples: Interleaved samples.
    ///   - time: When they start; what lies before 0 is dropped.
    ///   - body: Receives each block's samples and when it starts.
    public mutating func add(_ samples: Span<Float>, time: MediaTime, _ body: (Span<Float>, MediaTime) -> Void) {
        let rate = Double(AudioAnalyzer.rate)
        let start = Int((min(max(time.seconds, -1e8), 1e8) * rate).rounded())
        let expected = position + pending.count / channels
        var skipped = 0
        if abs(Double(start - expected)) > Self.tolerance * rate || (position == 0 && pending.isEmpty) {
            if start < expected {
                skipped = expected - start
            } else {
                fill(start - expected, body)
            }
        }
        var rest = samples.extracting(droppingFirst: min(samples.count, skipped * channels))
        while !rest.isEmpty {
            let next = rest.extracting(first: AudioAnalyzer.block * channels - pending.count)
            next.withUnsafeBufferPointer { pending.append(contentsOf: $0) }
            rest = rest.extracting(droppingFirst: next.count)
            if pending.count >= AudioAnalyzer.block * channels { emit(body) }
        }
    }

    /// Hands on what is left, filled up with silence.
    public mutating func finish(_ body: (Span<Float>, MediaTime) -> Void) {
        guard !pending.isEmpty else { return }
        pending.append(contentsOf: repeatElement(0, count: AudioAnalyzer.block * channels - pending.count))
        emit(body)
    }

    private mutating func fill(_ frames: Int, _ body: (Span<Float>, MediaTime) -> Void) {
        var left = frames
        let most = Int(Self.longestFill * Double(AudioAnalyzer.rate))
        while left > 0 {
            let room = AudioAnalyzer.block - pending.count / channels
            let now = min(left, room)
            pending.append(contentsOf: repeatElement(0, count: now * channels))
            left -= now
            if pending.count >= AudioAnalyzer.block * channels { emit(body) }
            if left > most, pending.isEmpty {
                // Whole blocks of a long gap are passed over.
                let blocks = (left - most) / AudioAnalyzer.block
                position += blocks * AudioAnalyzer.block
                left -= blocks * AudioAnalyzer.block
            }
        }
    }

    private mutating func emit(_ body: (Span<Float>, MediaTime) -> Void) {
        body(pending.span, MediaTime(ticks: Int64(position), timescale: Int64(AudioAnalyzer.rate)))
        position += AudioAnalyzer.block
        pending.removeAll(keepingCapacity: true)
    }
}
