internal import MomentsCore

/// Chooses which of a file's tracks are used.
struct TrackChoice {
    /// The sound; nil without any.
    let audio: StreamDescription?
    /// Another track that is mixed with it.
    let partner: StreamDescription?
    /// What people should know, as half sentences.
    let notes: [String]

    /// Chooses the sound that goes with pictures; listens where several tracks could be it.
    ///
    /// - Parameters:
    ///   - input: The open file.
    ///   - index: All packets, with their times settled.
    ///   - video: The pictures.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError` when the disk fails or the job is stopped.
    init(
        _ input: Input,
        _ index: PacketIndex,
        with video: StreamDescription,
        interrupt: Interrupt
    ) throws {
        let streams = input.streams
        let own = Set(input.programmes.filter { $0.contains(video.index) }.joined())
        let foreign = Set(input.programmes.joined()).subtracting(own)
        var all: [AudioCandidate] = streams.filter { $0.kind == .audio && index.tracks[$0.index].count > 0 }
            .map { stream in
                var track = AudioCandidate(index: stream.index)
                track.codec = stream.codec == "none" ? "unknown" : stream.codec
                track.isInProgramme = own.isEmpty || !foreign.contains(stream.index)
                track.isDecodable =
                    stream.isDecodable && stream.channels > 0 && stream.sampleRate > 0 && stream.timeBase.isPositive
                    && !index.tracks[stream.index].isEncrypted
                track.isDefault = stream.isDefault
                track.isAside = stream.isAside
                track.language = stream.tags["language"].flatMap { $0 == "und" ? nil : $0 }
                track.channels = stream.channels
                track.sampleRate = stream.sampleRate
                return track
            }
        let contenders = AudioChoice.contenders(all).map(\.index)
        if !contenders.isEmpty {
            let levels = try Self.listen(input, index, contenders, video, interrupt)
            for place in all.indices where contenders.contains(all[place].index) {
                all[place].level = levels[all[place].index]
                // What gave not one block is as good as no decoder.
                if all[place].level == nil, !levels.isEmpty { all[place].isDecodable = false }
            }
        }
        let choice = AudioChoice(all)
        audio = choice.index.map { streams[$0] }
        partner = choice.partner.map { streams[$0] }
        notes = choice.notes
    }

    private static func listen(
        _ input: Input,
        _ index: PacketIndex,
        _ tracks: [Int],
        _ video: StreamDescription,
        _ interrupt: Interrupt
    ) throws -> [Int: Double] {
        let reader = try FrameReader(
            input.files,
            known: input.parameters,
            timeline: index.timeline,
            interrupt: interrupt,
            streams: tracks,
            threads: 1
        )
        let track = index.tracks[video.index]
        let start = track.start ?? 0
        return try AudioListening.levels(
            reader,
            tracks: tracks,
            video: video.index,
            extent: start...max(start, track.end ?? start)
        )
    }
}
