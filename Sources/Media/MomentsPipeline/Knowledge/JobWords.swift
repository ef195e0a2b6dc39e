internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsSystem
internal import MomentsWords

/// What is said in a job's video, by subtitles beside it or in it that fit what is heard.
struct JobWords {
    /// What is said; nil where nobody knows.
    private(set) var speech: Speech?
    /// Where the words came from, or why they are used for nothing; nil where there are none.
    private(set) var info: TranscriptInfo?

    /// Without words.
    static let none = JobWords()

    /// Where words stand.
    private enum Place {
        case file(FilePath)
        case text([UInt8])
        case track(StreamDescription, MediaSource)

        /// Reads them.
        func transcript() throws(TranscriptTrouble) -> Transcript {
            switch self {
            case .file(let path): return try Transcript(Self.content(path))
            case .text(let bytes): return try Transcript(bytes)
            case .track(let stream, let source):
                var reader = TextTrackReader(codec: stream.codec)
                for packet in source.index.tracks[stream.index].texts {
                    let start = (packet.time - source.origin).seconds
                    reader.add(packet.bytes, at: start, lasting: packet.duration.seconds)
                }
                return try Transcript(reader.cues)
            }
        }

        private static func content(_ path: FilePath) throws(TranscriptTrouble) -> [UInt8] {
            do {
                // A link anywhere on the way is refused: strangers may have put it there meanwhile.
                guard let place = path.relative(to: "/") else { throw TranscriptTrouble("its path is not absolute") }
                return try RootedDirectory("/").openRegular(place).read(Transcript.largest + 1, at: 0, of: path)
            } catch {
                throw (error as? TranscriptTrouble)
                    ?? TranscriptTrouble("it cannot be read (\((error as? SystemError)?.reason ?? "\(error)"))")
            }
        }
    }

    /// Nothing is known.
    private init() {}

    /// Looks for words: the file beside the video counts before the tracks in it, in their order.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - source: The video.
    ///   - signals: What is heard in it.
    init(_ spec: JobSpec, _ source: MediaSource, _ signals: Signals) {
        if let path = spec.transcript {
            let name = path.name
            let language = TranscriptFinder.language(name, of: spec.name)
            let known = TranscriptInfo(origin: Escaping.excerpt(name.text, limit: 200), language: language)
            take(.file(path), known, signals)
        }
        for stream in Self.tracks(source) where speech == nil {
            let known = TranscriptInfo(
                origin: "track \(stream.index) (\(stream.codec))",
                language: stream.tags["language"].map { Escaping.excerpt($0, limit: 40) }
            )
            take(.track(stream, source), known, signals)
        }
    }

    /// Takes what a command wrote down, where there were no subtitles.
    ///
    /// - Parameters:
    ///   - content: WebVTT.
    ///   - signals: What is heard in the video.
    mutating func take(transcript content: [UInt8], _ signals: Signals) {
        take(.text(content), TranscriptInfo(origin: Self.commandOrigin), signals)
    }

    /// Takes what a command wrote down earlier.
    mutating func take(transcriptAt path: FilePath, _ signals: Signals) {
        take(.file(path), TranscriptInfo(origin: Self.commandOrigin), signals)
    }

    /// What words are called that [Transcript] Command= wrote down.
    private static let commandOrigin = "transcript command"

    /// For people: that there are words, and that they are used for nothing; nil where that is not so.
    var trouble: String? { info.flatMap { $0.isUsed ? nil : $0.note } }

    /// What is said, as far as the choice goes.
    var spoken: Spoken {
        guard let speech else { return .none }
        let statements = zip(speech.sentences, speech.weights).filter { !$0.0.isMark }.map { sentence, weight in
            Spoken.Statement(
                start: sentence.start,
                end: sentence.end,
                worth: weight,
                isQuestion: sentence.isQuestion,
                text: sentence.text
            )
        }
        return Spoken(statements)
    }

    /// What is said in a part of the video; nil where nobody knows, or nothing is.
    func text(in range: TimeRange) -> String? {
        let text = speech?.words(from: range.start.seconds, to: range.end.seconds) ?? ""
        return text.isEmpty ? nil : text
    }

    /// Takes words unless it has some; those that do not fit are told of, and used for nothing.
    private mutating func take(_ place: Place, _ known: TranscriptInfo, _ signals: Signals) {
        var found = known
        do throws(TranscriptTrouble) {
            let transcript = try place.transcript()
            found.encoding = transcript.encoding
            found.cues = transcript.cues.count
            var notes = transcript.notes
            let audio = signals.audio
            let fit = SpeechFit(
                transcript.cues,
                level: audio?.level ?? [],
                speech: audio?.speech ?? [],
                interval: AudioCurves.interval
            )
            guard fit.isFit else {
                throw TranscriptTrouble("it does not fit what is heard, as if it were of another cut of the film")
            }
            if !fit.isTold { notes.append("whether it fits what is heard could not be told") }
            let cues = transcript.moved(by: fit.offset, within: signals.frames.end.seconds)
            guard cues.contains(where: { !$0.isMark }) else {
                throw TranscriptTrouble("none of it lies within the video")
            }
            let speech = Speech(cues, offset: fit.offset, pauses: audio?.pauses(least: 0.15) ?? [])
            found.sentences = speech.sentences.count { !$0.isMark }
            found.offset = fit.offset
            found.isUsed = true
            found.note = notes.isEmpty ? nil : "Of '\(found.origin)': \(notes.joined(separator: "; "))."
            (self.speech, info) = (speech, found)
        } catch {
            found.note = "What '\(found.origin)' says was used for nothing: \(error)."
            // What is said of the first one is told; it is the one a person put there.
            info = info ?? found
        }
    }

    /// The tracks of text, those for all of what is said first.
    private static func tracks(_ source: MediaSource) -> [StreamDescription] {
        let texts = source.streams.filter { $0.isText && !source.index.tracks[$0.index].texts.isEmpty }
        return texts.sorted { first, second in
            (first.isAside ? 1 : 0, first.isDefault ? 0 : 1, first.index)
                < (second.isAside ? 1 : 0, second.isDefault ? 0 : 1, second.index)
        }
    }
}
