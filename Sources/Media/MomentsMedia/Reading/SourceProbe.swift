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
    ///   - path: The file.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The video.
    /// - Throws: `Refusal` with a sentence's worth of reason.
    public static func open(
        _ path: FilePath,
        interrupt: Interrupt,
        progress: (Double) -> Void = { _ in }
    ) throws(Refusal) -> MediaSource {
        let input = try open(path, interrupt)
        try refuseWhatIsNoVideo(input)
        var index = try refusing {
            try PacketIndex(of: input, interrupt: interrupt, progress: progress)
        }
        let video = try chooseVideo(input.streams, index)
        let audio = chooseAudio(input.streams, index)
        index.keepEntries(ofStream: video.index)
        let origin = try refusing {
            try firstFrame(input, video, interrupt: interrupt)
        }
        guard let origin else {
            throw .corrupt("not one picture of its \(video.codec) video can be decoded")
        }
        return MediaSource(
            path: path,
            container: input.container,
            size: input.size,
            streams: input.streams,
            tags: input.tags,
            chapters: input.chapters.map { Chapter($0, startingAt: origin) },
            video: video,
            audio: audio,
            budget: DecodingBudget(video.format),
            index: index,
            parameters: input.parameters,
            origin: origin
        )
    }

    private static func open(_ path: FilePath, _ interrupt: Interrupt) throws(Refusal) -> Input {
        do { return try Input(path, interrupt: interrupt) } catch {
            let error = cause(error)
            if error.operation == "recognise", error.isInvalidData {
                let family = ContainerSignature.family(of: path)
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
        if container.hasSuffix("_pipe") || container == "image2" {
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

    private static func chooseAudio(_ streams: [StreamDescription], _ index: PacketIndex) -> StreamDescription? {
        let open = streams.filter {
            $0.kind == .audio && $0.isDecodable && $0.channels > 0 && $0.sampleRate > 0 && $0.timeBase.isPositive
                && index.tracks[$0.index].count > 0 && !index.tracks[$0.index].isEncrypted
        }
        return open.max {
            ($0.isDefault ? 1 : 0, $0.channels, $1.index) < ($1.isDefault ? 1 : 0, $1.channels, $0.index)
        }
    }

    private static func firstFrame(
        _ input: Input,
        _ video: StreamDescription,
        interrupt: Interrupt
    ) throws -> MediaTime? {
        let decoder = try FrameReader(
            input.path,
            known: input.parameters,
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
