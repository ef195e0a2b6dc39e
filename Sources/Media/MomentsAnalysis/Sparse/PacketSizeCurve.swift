internal import MomentsCore

/// What the lengths of coded frames tell: encoders spend bytes where something moves or changes.
///
/// A frame coded from earlier ones and those between the two that are coded from both belong together: their bytes are
/// shared evenly, so that the pattern of the coder drops out.
public struct PacketSizeCurve: Sendable {
    /// Bytes a frame by the order shown, without those coded from themselves alone.
    let level: [Float]
    /// Where each frame is shown, in seconds.
    let seconds: [Double]
    /// Places of frames in the file whose bytes leap out among their like, by how far.
    let spikes: [Spike]
    /// The median bytes of a frame coded from itself alone.
    let intraSize: Float

    /// A frame with far more bytes than its like around it: what it shows was not there before.
    struct Spike: Sendable {
        /// The number of the frame.
        var number: Int
        /// Its bytes over those of a frame coded from itself alone nearby.
        var share: Float
        /// Its bytes over the median of its like nearby.
        var ratio: Float
    }

    /// Reads the lengths.
    ///
    /// - Parameter frames: All frames in the file's order.
    public init(_ frames: [CodedFrame]) {
        let shown = frames.count { $0.number >= 0 }
        var level = [Float](repeating: .nan, count: shown)
        var seconds = [Double](repeating: 0, count: shown)
        var index = 0
        while index < frames.count {
            var end = index + 1
            let first = frames[index]
            if !first.isIntra {
                while end < frames.count, frames[end].kind == .bidirectional, !frames[end].isIntra { end += 1 }
            }
            let bytes = frames[index..<end].reduce(0) { $0 + $1.size }
            for frame in frames[index..<end] where frame.number >= 0 {
                seconds[frame.number] = frame.seconds
                if !first.isIntra { level[frame.number] = Float(bytes) / Float(end - index) }
            }
            index = end
        }
        // A frame coded from itself alone says nothing of motion: its neighbours do.
        var last: Float = level.first { !$0.isNaN } ?? 0
        for number in level.indices {
            if level[number].isNaN { level[number] = last } else { last = level[number] }
        }
        self.level = level
        self.seconds = seconds
        let intra = frames.filter { $0.isIntra }.map { Float($0.size) }
        intraSize = max(1, Self.median(intra[...]))
        spikes = Self.spikes(frames)
    }

    /// Whether the lengths say anything: not where all frames stand alone, nor where a coder evens them out.
    public var isTelling: Bool {
        guard level.count > 20, let end = seconds.last, end > 2 else { return false }
        var sums: [Float] = []
        var (start, sum) = (seconds[0], Float(0))
        for number in level.indices {
            if seconds[number] >= start + 1 {
                sums.append(sum)
                (start, sum) = (seconds[number], 0)
            }
            sum += level[number]
        }
        let sorted = sums.sorted()
        guard sorted.count >= 4 else { return true }
        let (low, high) = (sorted[sorted.count / 10], sorted[sorted.count * 9 / 10])
        return high > 1.3 * max(low, 1)
    }

    /// How far the bytes of single frames just before one rise above those of the second before.
    ///
    /// - Parameters:
    ///   - number: The frame.
    ///   - start: The first frame of the same sight, as far as known.
    /// - Returns: 1 where nothing changes, or where there is too little to compare.
    func restlessness(before number: Int, since start: Int) -> Float {
        let near = max(start, number - 6)..<number
        let far = max(start, number - 45)..<max(start, number - 7)
        guard far.count >= 8, let highest = level[near].max() else { return 1 }
        return highest / (Self.median(level[far]) + 0.01 * intraSize)
    }

    /// The frame among some whose bytes leap out most; nil where none does.
    func highestSpike(in numbers: Range<Int>) -> Spike? {
        spikes.filter { numbers.contains($0.number) }.max { $0.share * $0.ratio < $1.share * $1.ratio }
    }

    /// The frame among some whose bytes leap out twice as far as those of any other; nil where none does.
    func onlySpike(in numbers: Range<Int>) -> Spike? {
        let found = spikes.filter { numbers.contains($0.number) }.sorted { $0.share * $0.ratio > $1.share * $1.ratio }
        guard let first = found.first, first.share > 0.45 else { return nil }
        return found.count == 1 || first.share * first.ratio > 2 * found[1].share * found[1].ratio ? first : nil
    }

    /// The frame of the last six before one, or that one itself, at which the bytes leap up.
    func steepest(before number: Int) -> Int {
        var (found, highest) = (number, Float(2))
        for near in max(1, number - 6)..<max(1, number) {
            let leap = level[near] / (level[near - 1] + 0.01 * intraSize)
            if leap > highest { (found, highest) = (near, leap) }
        }
        return found
    }

    /// How many bytes what moves in some frames takes, over those of a whole frame: the median.
    func liveliness(_ numbers: Range<Int>) -> Float { Self.median(level[numbers]) / intraSize }

    /// Mean bytes a frame on the curves' grid.
    ///
    /// - Parameter count: How many entries.
    /// - Returns: As many values; 0 before the first frame.
    public func grid(count: Int) -> [Float] {
        var (sums, counts) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        for number in level.indices {
            let entry = min(max(0, Int(seconds[number] / VisualCurves.interval + 1e-6)), count - 1)
            guard entry >= 0 else { continue }
            sums[entry] += level[number]
            counts[entry] += 1
        }
        var last: Float = 0
        return sums.indices.map { entry in
            if counts[entry] > 0 { last = sums[entry] / counts[entry] }
            return last
        }
    }

    private static func spikes(_ frames: [CodedFrame]) -> [Spike] {
        var spikes: [Spike] = []
        var intra: Float = .infinity
        let reach = 40
        for (index, frame) in frames.enumerated() {
            if frame.isIntra {
                intra = Float(frame.size)
                continue
            }
            // Cheap first: few frames are anywhere near as large as one that stands alone.
            guard frame.number >= 0, Float(frame.size) > 0.35 * intra, frame.kind != .bidirectional else {
                continue
            }
            let near = max(0, index - reach)..<min(frames.count, index + reach + 1)
            let like = near.filter {
                $0 != index && frames[$0].kind == frame.kind && !frames[$0].isIntra
                    && abs(frames[$0].seconds - frame.seconds) < 1.5
            }
            guard like.count >= 3 else { continue }
            let usual = median(like.map { Float(frames[$0].size) }[...])
            let ratio = Float(frame.size) / (usual + 0.02 * intra)
            if ratio > 2 {
                spikes.append(Spike(number: frame.number, share: Float(frame.size) / intra, ratio: ratio))
            }
        }
        return spikes
    }

    static func median(_ values: ArraySlice<Float>) -> Float {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[values.count / 2]
    }
}
