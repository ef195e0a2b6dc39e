internal import CLibAV
internal import MomentsCore

/// Mixes two tracks of one channel each, block by block, by when each is heard.
///
/// Used on one thread.
final class MonoMixer {
    /// The last mixed block; floats of one channel.
    let frame: FrameBox
    /// When it starts, on the clock its blocks came by.
    private(set) var time = MediaTime.zero

    private let rate: Int
    private let first: AudioConverter
    private let second: AudioConverter
    private var waiting: [(start: Int64, samples: [Float])] = []
    private var other: [(start: Int64, samples: [Float])] = []
    private var otherEnd = Int64.min
    /// Whether no block follows.
    private(set) var hasEnded = false

    /// One track may come so many seconds later in the file than the other.
    private static let patience: Int64 = 10

    /// Makes a mixer for tracks of one rate.
    init(rate: Int) throws {
        self.rate = rate
        first = AudioConverter(rate: rate, channels: 1)
        second = AudioConverter(rate: rate, channels: 1)
        frame = try FrameBox()
    }

    /// Takes a decoded block of one of the two tracks.
    func take(_ block: borrowing Frame, at time: MediaTime, isFirst: Bool) throws {
        let converter = isFirst ? first : second
        let start = try converter.convert(block, time: time).timestamp(in: Rational(1, Int64(rate)))
        let samples = converter.samples
        if samples.isEmpty { return }
        if isFirst {
            waiting.append((start, samples))
        } else {
            other.append((start, samples))
            otherEnd = max(otherEnd, start &+ Int64(samples.count))
        }
    }

    /// Tells that no block follows.
    func finish() { hasEnded = true }

    /// Forgets all: after a search.
    func restart() {
        (waiting, other, otherEnd, hasEnded) = ([], [], .min, false)
    }

    /// Mixes the next block into `frame`; false where one of the tracks is still behind.
    func mix() throws -> Bool {
        guard let next = waiting.first else { return false }
        let end = next.start &+ Int64(next.samples.count)
        let newest = waiting.last.map { $0.start &+ Int64($0.samples.count) } ?? end
        guard hasEnded || otherEnd >= end || newest &- end > Self.patience * Int64(rate) else { return false }
        waiting.removeFirst()
        var mixed = next.samples
        // Halves, so that two tracks of the same sound are that sound again.
        for index in mixed.indices { mixed[index] *= 0.5 }
        for piece in other {
            let (begin, stop) = (max(next.start, piece.start), min(end, piece.start &+ Int64(piece.samples.count)))
            guard begin < stop else { continue }
            for place in begin..<stop {
                mixed[Int(place - next.start)] += 0.5 * piece.samples[Int(place - piece.start)]
            }
        }
        other.removeAll { $0.start &+ Int64($0.samples.count) <= end &- Int64(rate) }
        time = MediaTime(ticks: next.start, timescale: Int64(rate))
        try fill(mixed)
        return true
    }

    private func fill(_ samples: [Float]) throws {
        let raw = frame.value.raw
        av_frame_unref(raw)
        raw.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
        raw.pointee.sample_rate = CInt(rate)
        raw.pointee.ch_layout = AudioLayout.mono.raw
        raw.pointee.nb_samples = CInt(samples.count)
        try check(av_frame_get_buffer(raw, 0), "mix", "sound")
        raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: samples.count) { target in
            for (place, sample) in samples.enumerated() { target[place] = sample }
        }
    }
}
