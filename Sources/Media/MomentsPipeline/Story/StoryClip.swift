internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsStoryboard
internal import MomentsTitles

/// A story's shots as one clip, with its voice.
enum StoryClip {
    /// One line for players: line breaks become blanks, and what joins letters and emoji stays.
    private static func line(_ text: String) -> String { TitleText(text).text }

    /// Writes `highlight.mp4`.
    static func write(
        _ board: Storyboard,
        _ shots: [MadeShot],
        _ voice: VoiceTrack?,
        length: Double,
        in staging: StagingFolder,
        interrupt: Interrupt
    ) throws {
        var (start, chapters) = (0, [ReelChapter]())
        func moment(_ frames: Int) -> MediaTime {
            MediaTime(ticks: Int64(frames), timescale: Int64(StoryForm.frameRate))
        }
        for (shot, made) in zip(board.shots, shots) {
            chapters.append(
                ReelChapter(
                    title: Self.line(shot.text.isEmpty ? shot.id : shot.text).cut(toBytes: 200),
                    start: moment(start),
                    end: moment(start + made.frames)
                )
            )
            start += made.frames
        }
        try ClipJoiner.join(
            shots.map { staging.file($0.file.name) },
            to: staging.file(RenderStage.fileName),
            audio: try voice.map { (try $0.leveled(to: length), 1) },
            tags: ["title": Self.line(board.title)],
            chapters: chapters,
            interrupt: interrupt
        )
    }
}
