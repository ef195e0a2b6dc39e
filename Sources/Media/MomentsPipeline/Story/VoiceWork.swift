internal import MomentsCore
internal import MomentsMedia
internal import MomentsStoryboard

/// Has a script spoken, sentence by sentence.
struct VoiceWork {
    let desk: ErrandDesk
    let language: StoryLanguage
    let name: FilePath
    let interrupt: Interrupt
    let emit: (JobEvent) -> Void

    /// The longest sentence's sound, in seconds.
    private static let longest = 120.0
    /// The longest voice, in seconds: it is held in memory, and a clip is as long as its voice.
    private static let longestVoice = 900.0
    /// How many pieces a text, and a shot's text, are spoken in at most; a job has only so many errands.
    private static let most = (text: 300, shot: 5)

    /// Speaks over a story, and makes its shots as long as that takes.
    func speak(
        _ wanted: VoiceOver,
        over board: inout Storyboard,
        form: StoryForm,
        progress: (Double) -> Void
    ) throws -> VoiceTrack {
        switch wanted {
        case .text(let text):
            let track = try speak(text, progress: progress)
            let factor = max(1, track.length / max(0.04, board.duration))
            for index in board.shots.indices {
                let frames = (board.shots[index].duration * factor * Double(StoryForm.frameRate)).rounded(.up)
                board.shots[index].duration = form.seconds(Int(frames))
            }
            return track
        case .script:
            var (track, start, spent) = (VoiceTrack(), 0.0, 0.0)
            let count = Double(board.shots.count)
            for index in board.shots.indices {
                let sentences = Sentences.spoken(board.shots[index].text, most: Self.most.shot)
                for (place, sentence) in sentences.enumerated() {
                    let (sound, cost) = try sound(of: sentence)
                    spent += cost
                    emit(.spent(.voice, cost: spent))
                    track.add(sentence, sound, notBefore: place == 0 ? start : 0)
                    try check(track)
                    progress((Double(index) + Double(place + 1) / Double(sentences.count)) / count)
                }
                // The shot stays until its last word has been heard.
                let needed = sentences.isEmpty ? 0 : track.length - start
                let seconds = max(board.shots[index].duration, needed)
                board.shots[index].duration = form.seconds(Int((seconds * Double(StoryForm.frameRate)).rounded(.up)))
                start += board.shots[index].duration
            }
            return track
        }
    }

    /// Speaks a text's sentences one after the other.
    func speak(_ text: String, progress: (Double) -> Void) throws -> VoiceTrack {
        let sentences = Sentences.spoken(text, most: Self.most.text)
        var (track, spent) = (VoiceTrack(), 0.0)
        for (index, sentence) in sentences.enumerated() {
            let (sound, cost) = try sound(of: sentence)
            spent += cost
            emit(.spent(.voice, cost: spent))
            track.add(sentence, sound)
            try check(track)
            progress(Double(index + 1) / Double(sentences.count))
        }
        return track
    }

    private func check(_ track: VoiceTrack) throws {
        guard track.length > Self.longestVoice else { return }
        throw JobError(
            .invalidRequest,
            "'\(name.display)' was not spoken: what is to be said takes longer than \(Int(Self.longestVoice)) s; shorten it, or "
                + "take \"voice_over\" out.",
            detail: "key=voice_over"
        )
    }

    private func sound(of sentence: String) throws -> ([Float], Double) {
        let (path, cost) = try desk.speak(sentence, language) { failed($0) }
        let samples: [Float]
        do {
            samples = try AudioReader.samples(
                of: path,
                rate: VoiceTrack.rate,
                channels: 1,
                longest: Self.longest,
                interrupt: interrupt
            )
        } catch {
            if interrupt.isRequested { throw error }
            throw failed("what it wrote is no sound that can be used (\(FailureClause.of(error)))")
        }
        guard samples.contains(where: { abs($0) > 0.004 }) else { throw failed("it said nothing") }
        return (samples, cost)
    }

    private func failed(_ reason: String) -> JobError {
        JobError(
            .renderFailed,
            "'\(name.display)' was not spoken: the voice failed, since \(reason); look at [Voice] Command=, or take "
                + "\"voice_over\" out.",
            detail: "voice: \(reason)",
            transient: false
        )
    }
}
