internal import Glibc
internal import MomentsCore
internal import MomentsMedia

/// What playing a file from start to end shows.
struct Playback {
    private(set) var pictureCount = 0
    private(set) var isRising = true
    private(set) var damaged = 0
    private(set) var soundStart = 0.0
    private(set) var soundEnd = 0.0
    private(set) var loudness: Double?
    private(set) var peak: Double?
    /// When the pictures are shown at which decoding can start.
    private(set) var keyTimes: [MediaTime] = []

    static func of(
        _ source: MediaSource,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws(MediaError) -> Playback {
        let pixels = source.video.picture.width * source.video.picture.height
        let reader = try MediaReader(source, tracks: .both, threads: pixels > 4_500_000 ? 1 : 2, interrupt: interrupt)
        let channels = min(2, source.audio?.channels ?? 1)
        let converter = SoundConverter(channels: channels)
        guard var meter = LoudnessMeter(channels: channels, truePeak: true) else {
            throw MediaError("measure", "the sound", code: -12)
        }
        var result = Playback()
        var last = MediaTime(ticks: -1, timescale: 1)
        var hasSound = false
        let whole = max(source.duration.seconds, 0.001)
        while true {
            switch try reader.next() {
            case .picture(let time, _):
                result.pictureCount += 1
                if time <= last { result.isRising = false }
                last = time
                if reader.withFrame({ $0.isKey }) { result.keyTimes.append(time) }
                progress(min(1, time.seconds / whole))
            case .sound(let time):
                let begin = try reader.withFrame { (frame) throws(MediaError) in
                    try converter.convert(frame, time: time)
                }
                if !hasSound { result.soundStart = begin.seconds }
                hasSound = true
                result.soundEnd = begin.seconds + Double(converter.samples.count / channels) / Double(converter.rate)
                meter.add(converter.samples.span)
            case .ended:
                result.damaged = reader.refusedPackets
                result.loudness = meter.integrated.isFinite ? meter.integrated : nil
                result.peak = meter.peak > 0 ? 20 * log10(meter.peak) : nil
                return result
            }
        }
    }
}
