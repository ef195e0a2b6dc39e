internal import FoundationEssentials
internal import MomentsCore
internal import MomentsExports
internal import MomentsRendering
internal import MomentsWords

/// `highlight.vtt` and `highlight.srt`: the words of the reel.
struct CaptionFiles {
    /// The files; none where nothing is said in the reel.
    let files: [ExportedFile]

    /// Cuts the words with the reel's shots.
    init(_ words: JobWords, _ reel: Reel) {
        guard let speech = words.speech else {
            files = []
            return
        }
        let shots = reel.shots.filter(\.isShown).map {
            ReelCaptions.Shot(
                start: $0.range.start.seconds,
                end: $0.range.end.seconds,
                place: $0.place.start.seconds
            )
        }
        let captions = ReelCaptions(speech.cues, shots: shots)
        guard !captions.cues.isEmpty else {
            files = []
            return
        }
        files = [
            ExportedFile(kind: "captions", name: "highlight.vtt", data: Data(captions.webVTT.utf8)),
            ExportedFile(kind: "subtitles", name: "highlight.srt", data: Data(captions.subRip.utf8)),
        ]
    }
}
