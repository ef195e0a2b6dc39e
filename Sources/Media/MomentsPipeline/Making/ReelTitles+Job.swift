internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills
internal import MomentsStoryboard
internal import MomentsWords

extension ReelTitles {
    /// The titles of a job's reel; nil for none.
    ///
    /// - Parameters:
    ///   - product: What it shows of a product; nil for nothing.
    ///   - words: What is said.
    ///   - survey: Small pictures of the video.
    ///   - subjects: Who is in it; nil where nobody was looked for.
    ///   - selection: What the reel shows.
    ///   - options: The job's.
    ///   - days: What is written where the days of an album begin, by the number of the shot.
    ///   - voice: What is said over it; nil for nothing.
    init?(
        _ product: JobProduct?,
        _ words: JobWords,
        _ survey: FrameSurvey,
        _ subjects: SubjectFindings?,
        _ selection: Selection,
        _ options: JobOptions,
        days: [Int: String] = [:],
        voice: VoiceTrack?
    ) {
        let captions = options.captions == .burn ? words.speech?.cues ?? [] : []
        guard product != nil || options.captions == .burn || !days.isEmpty else { return nil }
        let shown = product == nil ? [] : selection.shots.map(\.range)
        self.init(
            product: product?.titles,
            captions: captions,
            grounds: survey.pictures(in: shown, most: 12).map { time, picture in
                GroundFrame(time: time, width: picture.width, height: picture.height, luma: picture.luma)
            },
            tracks: subjects?.tracks ?? [],
            notes: TitleNotes(),
            digest: product?.digest ?? ""
        )
        self.days = days
        if options.captions == .burn { spoken = voice.map { VoiceCaptions.cues($0.sentences) } ?? [] }
        if options.captions == .burn, captions.isEmpty, spoken.isEmpty {
            notes.tell("no captions are written on the reel, since nothing tells what is said in it")
        }
    }
}
