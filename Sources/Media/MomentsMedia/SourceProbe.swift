internal import CLibAV
public import MomentsCore

/// Looks at a file: is it a video, which streams matter, where does it start.
public enum SourceProbe {
    /// Why a file is no video this project can use.
    public enum Refusal: Error, Hashable, Sendable {
        /// No known container, or a still picture.
        case unsupported(String)
        /// A container without moving frames.
        case noVideo(String)
        /// Encrypted, or a codec without a decoder.
        case undecodable(String)
        /// Headers without a usable frame behind them.
        case corrupt(String)
        /// The disk could not be read, or the job was stopped.
        case failed(MediaError)
    }

    /// Opens a file, reads all of its packets once, and decodes until the first frame.
    ///
    /// - Parameters:
    ///   - files: The file, or several that hold one recording.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The video.
    /// - Throws: `Refusal` with a sentence's worth of reason.
    public static func open(
        _ files: SourceFiles,
        interrupt: Interrupt,
        progress: (Double) -> Void = { _ in }
    ) throws(Refusal) -> MediaSource {
        let input = try open(files, interrupt)
        try refuseWhatIsNoVideo(input)
        var index = try refusing {
            try PacketIndex(of: input, interrupt: interrupt, progress: progress)
        }
        try refuseStill(input, index)
        let chosen = try chooseVideo(input.streams, index)
        index.settle(chosen)
        let timeline = index.timeline
        let streams = input.streams.map { $0.clocked(by: timeline.bases[$0.index]) }
        let video = streams[chosen.index]
        let origin = try refusing {
            try firstFrame(input, timeline, video, interrupt: interrupt)
        }
        guard let origin else {
            throw .corrupt("not one picture of its \(video.codec) video can be decoded")
        }
        let sound = try refusing { [index] in
            try TrackChoice(input, index, with: video, interrupt: interrupt)
        }
        return MediaSource(
            files: input.files(on: timeline, of: video),
            container: input.container,
            size: input.size,
            streams: streams,
            tags: input.tags,
            chapters: input.chapters.map { Chapter($0, startingAt: origin) },
            video: video,
            audio: sound.audio,
            budget: DecodingBudget(video.format),
            partner: sound.partner,
            index: index,
            parameters: input.parameters,
            origin: origin,
            notes: index.timeline.notes + pictureNotes(input.streams, index, video) + sound.notes
        )
    }

    /// Opens one file; see the other form.
    public static func open(
        _ path: FilePath,
        interrupt: Interrupt,
        progress: (Double) -> Void = { _ in }
    ) throws(Refusal) -> MediaSource {
        try open(SourceFiles(path), interrupt: interrupt, progress: progress)
    }

    private static func open(_ files: SourceFiles, _ interrupt: Interrupt) throws(Refusal) -> Input {
        do { return try Input(files, interrupt: interrupt) } catch {
            let error = cause(error)
            if error.operation == "recognise", error.isInvalidData {
                let family = ContainerSignature.family(of: files.first)
                guard let family else { throw .unsupported("it is in no format known here") }
                throw .corrupt(
                    "it starts like \(family), but its index is missing: the recording or the copy broke off"
                )
            }
            if error.isInterruption || error.isReadFailure || error.operation == "open" { throw .failed(error) }
            throw .corrupt(error.reason)
        }
    }

    private static func cause(_ error: any Error) -> MediaError { error as? MediaError ?? .unfit("\(error)") }

    private static func refusing<Value>(_ body: () throws -> Value) throws(Refusal) -> Value {
        do { return try body() } catch {
            let error = cause(error)
            if error.isInterruption || error.isReadFailure || error.isOutOfMemory { throw .failed(error) }
            throw .corrupt(error.reason)
        }
    }

    private static func refuseWhatIsNoVideo(_ input: Input) throws(Refusal) {
        let container = input.container
        if container.hasSuffix("_pipe") && container != motion || container == "image2" {
            throw .unsupported("it is a still picture (\(container))")
        }
        guard !input.streams.contains(where: { $0.kind == .video && !$0.isAttachedPicture }) else { return }
        // Noise is easily taken for some raw audio format; a guess that weak says nothing.
        if input.certainty < certain { throw .unsupported("its content looks like no known format") }
        if input.streams.isEmpty {
            throw .corrupt("it is a \(container) file without any stream: its index is missing")
        }
        let kinds = Set(input.streams.map { $0.isAttachedPicture ? "a cover picture" : $0.kind.rawValue }).sorted()
        throw .noVideo("it holds only \(kinds.joined(separator: ", "))")
    }

    /// Cameras save JPEGs one after another as a video; phones put two or three into one for their own ends.
    private static func refuseStill(_ input: Input, _ index: PacketIndex) throws(Refusal) {
        guard input.container == motion, index.tracks.allSatisfy({ $0.count < fewest }) else { return }
        throw .unsupported("it is a still picture (\(motion))")
    }

    /// What libavformat calls JPEGs one after another.
    private static let motion = "jpeg_pipe"
    /// Fewer of them are no video.
    private static let fewest = 12

    private static func chooseVideo(
        _ streams: [StreamDescription],
        _ index: PacketIndex
    ) throws(Refusal) -> StreamDescription {
        let candidates = streams.filter { $0.kind == .video && !$0.isAttachedPicture }
        let filled = candidates.filter { index.tracks[$0.index].count > 0 && $0.timeBase.isPositive }
        guard !filled.isEmpty else { throw .corrupt("its video stream holds no pictures") }
        let open = filled.filter { $0.isDecodable && !index.tracks[$0.index].isEncrypted }
        guard !open.isEmpty else {
            let isEncrypted = filled.contains { index.tracks[$0.index].isEncrypted }
            throw .undecodable(isEncrypted ? "it is encrypted" : "there is no decoder for \(filled[0].codec)")
        }
        // Moving before still, marked before unmarked, large before small, first before later.
        let moving = open.filter { index.tracks[$0.index].count > 1 }
        let ranked = moving.isEmpty ? open : moving
        func rank(_ stream: StreamDescription, against other: Int) -> (Int, Int, Int) {
            (stream.isDefault ? 1 : 0, stream.format.width * stream.format.height, other)
        }
        let best = ranked.max { rank($0, against: $1.index) < rank($1, against: $0.index) }
        return best ?? ranked[0]
    }

    /// Tells of pictures that would have been chosen, but for want of a decoder.
    private static func pictureNotes(
        _ streams: [StreamDescription],
        _ index: PacketIndex,
        _ video: StreamDescription
    ) -> [String] {
        let lost = streams.first { stream in
            stream.kind == .video && !stream.isAttachedPicture && index.tracks[stream.index].count > 1
                && (!stream.isDecodable || index.tracks[stream.index].isEncrypted)
                && (stream.isDefault || stream.index < video.index)
        }
        guard let lost, !video.isDefault || lost.isDefault else { return [] }
        return ["its video track \(lost.index) (\(lost.codec)) cannot be decoded; track \(video.index) is used"]
    }

    private static func firstFrame(
        _ input: Input,
        _ timeline: Timeline,
        _ video: StreamDescription,
        interrupt: Interrupt
    ) throws -> MediaTime? {
        let decoder = try FrameReader(
            input.files,
            known: input.parameters,
            timeline: timeline,
            interrupt: interrupt,
            streams: [video.index],
            threads: 1
        )
        guard try decoder.next() != nil else { return nil }
        return decoder.frameTime
    }

    /// libavformat's own limit below which a guess should be made again (AVPROBE_SCORE_RETRY).
    private static let certain = 26
}
