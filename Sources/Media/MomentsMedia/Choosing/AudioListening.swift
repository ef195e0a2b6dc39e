internal import Glibc
internal import MomentsCore

/// Listens to some seconds of several sound tracks, to tell which of them carry sound.
struct AudioListening {
    private let reader: FrameReader
    private let rate = 16_000
    private var converters: [Int: AudioConverter] = [:]
    private var levels: [Int: Double] = [:]

    /// How long is listened at each place, in seconds.
    private static let length = 3.0
    /// Where, as shares of the file; the beginning is often silent.
    private static let places = [0.0, 0.3, 0.65]
    /// The most blocks of sound decoded at one place, whatever their times are.
    private static let mostBlocks = 4000

    /// Listens.
    ///
    /// - Parameters:
    ///   - reader: Decodes the tracks; freshly opened.
    ///   - tracks: Their streams' indices.
    ///   - video: Stream by whose clock the file is searched.
    ///   - extent: When its pictures start and end, in ticks of its clock.
    /// - Returns: The level of each track's loudest tenth of a second in dB of full scale; one that gave nothing lacks.
    /// - Throws: `MediaError` when the disk fails or the job is stopped.
    static func levels(
        _ reader: FrameReader,
        tracks: [Int],
        video: Int,
        extent: ClosedRange<Int64>
    ) throws -> [Int: Double] {
        var listening = AudioListening(reader: reader)
        for place in places {
            if place > 0 {
                let target = extent.lowerBound &+ Int64(Double(extent.upperBound &- extent.lowerBound) * place)
                guard reader.seek(to: target, stream: video) else { break }
            }
            try listening.listen(tracks)
            if tracks.allSatisfy({ (listening.levels[$0] ?? -200) > -50 }) { break }
        }
        return listening.levels
    }

    private init(reader: FrameReader) { self.reader = reader }

    private mutating func listen(_ tracks: [Int]) throws {
        var heard: [Int: Double] = [:]
        for _ in 0..<Self.mostBlocks {
            guard let track = try reader.next() else { return }
            guard tracks.contains(track) else { continue }
            heard[track, default: 0] += measure(track)
            // Tracks that end early must not keep the others waiting: three times as much of one is enough.
            let isEnough = tracks.allSatisfy { (heard[$0] ?? 0) >= Self.length }
            if isEnough || heard.values.contains(where: { $0 >= 3 * Self.length }) { return }
        }
    }

    /// Takes the block read last; how long it is, in seconds.
    private mutating func measure(_ track: Int) -> Double {
        let converter = converters[track] ?? AudioConverter(rate: rate, channels: 1)
        converters[track] = converter
        guard (try? converter.convert(reader.frame.value, time: .zero)) != nil else { return 0 }
        let samples = converter.samples
        let window = rate / 10
        var begin = 0
        while begin < samples.count {
            let part = samples[begin..<min(samples.count, begin + window)]
            begin += window
            // A few samples alone say little.
            if part.count < 128 { continue }
            let power = part.reduce(Float(0)) { $0 + $1 * $1 } / Float(part.count)
            levels[track] = max(levels[track] ?? -200, power > 0 ? 10 * log10(Double(power)) : -200)
        }
        return Double(samples.count) / Double(rate)
    }
}
