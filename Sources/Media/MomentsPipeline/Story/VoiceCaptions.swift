internal import MomentsStoryboard
internal import MomentsWords

/// What a voice says, as subtitles.
enum VoiceCaptions {
    static let fileName = "captions.vtt"

    static func webVTT(_ sentences: [SpokenText]) -> String {
        let end = (sentences.last?.end ?? 0) + 1
        let cues = sentences.map { Cue(start: $0.start, end: $0.end, text: $0.text) }
        return ReelCaptions(cues, shots: [.init(start: 0, end: end, place: 0)]).webVTT
    }
}
