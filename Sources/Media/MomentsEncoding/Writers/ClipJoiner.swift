internal import CLibAV
public import MomentsCore
public import MomentsMedia

/// Puts clips of one form behind each other without encoding them again, with one run of audio over all of them.
public enum ClipJoiner {
    /// Joins clips.
    ///
    /// - Parameters:
    ///   - clips: The files, in their order; not empty. All were made by `ClipWriter` in one form, or are one file.
    ///   - path: The file that is made; one that is there is overwritten.
    ///   - seconds: How long it lasts at least: its last picture stays until then; nil for as long as its pictures.
    ///   - audio: Interleaved samples at 48 kHz and how many channels they have; nil leaves the clip silent.
    ///   - tags: Tags of the file, such as "title".
    ///   - chapters: Its named segments.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError` where a clip has another form, or a file cannot be read or written.
    public static func join(
        _ clips: [FilePath],
        to path: FilePath,
        lasting seconds: Double? = nil,
        audio: (samples: [Float], channels: Int)?,
        tags: [String: String],
        chapters: [ReelChapter] = [],
        interrupt: Interrupt
    ) throws {
        var joined: Joined?
        let encoder = try audio.map { try AudioEncoder(rate: ReelWriter.audioRate, channels: $0.channels) }
        for clip in clips {
            let input = try Input(clip, interrupt: interrupt)
            guard let stream = input.streams.first(where: { $0.kind == .video }),
                let raw = input.context.pointee.streams[stream.index]
            else { throw MediaError.unfit("a clip of it has no pictures") }
            let headers = Self.headers(raw)
            if joined == nil {
                let track = try VideoTrack(copying: raw, headers: headers, base: Rational(raw.pointee.time_base))
                joined = Joined(
                    output: try Output(path, video: track, audio: encoder, tags: tags, chapters: chapters),
                    base: Rational(raw.pointee.time_base),
                    headers: headers,
                    held: try PacketBox()
                )
            }
            guard var current = joined, current.headers == headers, current.base == Rational(raw.pointee.time_base)
            else { throw MediaError.unfit("two clips of it have another form") }
            try current.take(input, stream.index, audio, encoder)
            joined = current
        }
        guard var joined else { throw MediaError.unfit("there are no clips") }
        try joined.finish(lasting: seconds, audio, encoder)
    }

    private static func headers(_ stream: UnsafeMutablePointer<AVStream>) -> [UInt8] {
        let parameters = stream.pointee.codecpar.pointee
        guard let bytes = parameters.extradata, parameters.extradata_size > 0 else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(parameters.extradata_size)))
    }

    /// What is joined so far.
    private struct Joined {
        let output: Output
        let base: Rational
        let headers: [UInt8]
        /// When all of it has been shown, in ticks.
        var end: Int64 = 0
        /// Samples of audio that were encoded.
        var heard = 0
        /// The last packet, not written yet: it may have to last longer.
        let held: PacketBox
        var isHolding = false

        mutating func take(
            _ input: Input,
            _ stream: Int,
            _ audio: (samples: [Float], channels: Int)?,
            _ encoder: AudioEncoder?
        ) throws {
            let packet = try Packet()
            let start = end
            // Packets of a file with pictures out of order do not say how long the last one is shown; the track does.
            let length = input.context.pointee.streams[stream]?.pointee.duration ?? 0
            if length > 0 { end = start + length }
            while try input.read(into: packet) {
                guard packet.streamIndex == stream, let pts = packet.pts, let dts = packet.dts else { continue }
                end = max(end, start + pts + packet.duration)
                packet.raw.pointee.pts = start + pts
                packet.raw.pointee.dts = start + dts
                try add(audio, encoder, until: MediaTime(timestamp: start + pts, base: base).seconds)
                if isHolding { try output.write(held.value, isVideo: true) }
                av_packet_move_ref(held.value.raw, packet.raw)
                isHolding = true
            }
        }

        /// Encodes audio up to a moment, so that both stay side by side in the file.
        mutating func add(
            _ audio: (samples: [Float], channels: Int)?,
            _ encoder: AudioEncoder?,
            until seconds: Double
        ) throws {
            guard let audio, let encoder else { return }
            let last = min(audio.samples.count, Int(seconds * Double(ReelWriter.audioRate)) * audio.channels)
            guard last - heard >= ReelWriter.audioRate / 4 * audio.channels else { return }
            for sound in try encoder.encode(Array(audio.samples[heard..<last])) {
                try output.write(sound.packet, isVideo: false)
            }
            heard = last
        }

        mutating func finish(
            lasting seconds: Double?,
            _ audio: (samples: [Float], channels: Int)?,
            _ encoder: AudioEncoder?
        ) throws {
            if isHolding {
                let wanted = seconds.map {
                    MediaTime(ticks: Int64($0 * 1_000_000), timescale: 1_000_000).timestamp(in: base)
                }
                held.value.raw.pointee.duration += max(0, (wanted ?? end) - end)
                try output.write(held.value, isVideo: true)
            }
            if let audio, let encoder {
                for sound in try encoder.encode(Array(audio.samples[heard...])) + encoder.finish() {
                    try output.write(sound.packet, isVideo: false)
                }
            }
            try output.finish()
        }
    }
}
