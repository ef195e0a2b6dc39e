internal import FoundationEssentials
internal import MomentsCore
internal import MomentsMedia
internal import MomentsStoryboard
internal import MomentsSystem
internal import MomentsTitles

/// A job without footage: words and pictures become shots, the shots a clip.
struct StoryWork {
    let spec: JobSpec
    let story: Story
    let interrupt: Interrupt
    let emit: (JobEvent) -> Void
    let steps: StageRunner
    let desk: ErrandDesk

    private var staging: StagingFolder { StagingFolder(spec.staging) }
    private var name: String { "'\(spec.name.display)'" }

    /// Does it.
    ///
    /// - Returns: What was made, all of it read back.
    /// - Throws: `JobError` or whatever a step failed with.
    func run() throws -> JobResult {
        defer { desk.clear() }
        let pictures = StoryPictures(spec, story)
        let (plan, finder) = try steps.run(.script, failure: Self.failure("planned")) { _ in
            try pictures.check()
            let (story, hasFootage) = (try planned(pictures), { FootageChoice.best(spec.footage, for: $0) != nil })
            let board = StoryPlanner(story, in: spec.style, hasFootage: hasFootage).plan()
            try refuseLong(board)
            return (board, try self.finder(for: board))
        }
        guard !story.isPlanOnly else { return try planOnly(plan) }
        var board = plan
        let voice = try voice(&board)
        let form = StoryForm(story)
        let maker = ShotMaker(
            spec: spec,
            board: board,
            pictures: pictures,
            form: form,
            desk: desk,
            interrupt: interrupt,
            said: story.writesVoice(in: spec.style) ? VoiceCaptions.cues(voice?.sentences ?? []) : [],
            saysTexts: story.voice == .script,
            cover: finder.map { ShotCover(finder: $0, name: spec.name, interrupt: interrupt) }
        )
        let shots = try steps.run(.video, failure: Self.failure("filmed")) { progress in
            try make(&board, maker, progress)
        }
        if let finder {
            emit(
                .note(
                    "In what was made of \(name) \(finder.blur.rawValue) are blurred; no shot was taken as it was made before"
                )
            )
        }
        let length = form.seconds(shots.reduce(0) { $0 + $1.frames })
        let files = try steps.run(.compositing, failure: Self.failure("put together")) { _ in
            try compose(board, shots, voice, length)
        }
        let stills = try steps.run(.verify, failure: Self.failure("read back")) { progress in
            let check = StoryCheck(name: spec.name, staging: staging, form: form, interrupt: interrupt)
            return try check.prove(shots, hasVoice: voice != nil, progress: progress)
        }
        let outputs = try steps.run(.export, failure: Self.failure("described")) { _ in
            let document = try staging.write("storyboard", "storyboard.json", try MomentsJSON.document(board))
            return try staging.described(files + stills + [document])
        }
        var result = JobResult(
            outputs: outputs,
            inputDuration: 0,
            outputDuration: length,
            segmentsSelected: shots.count
        )
        let said = board.shots.map(\.text).filter { !$0.isEmpty }
        if !said.isEmpty { result.words = String(said.joined(separator: " ").prefix(1200)) }
        return result
    }

    /// The story with the scenes that a command found for its concept; as it is where none is asked.
    private func planned(_ pictures: StoryPictures) throws -> Story {
        guard story.isPlanOnly, story.asksPlanner == true else { return story }
        let (told, cost) = try PlannerWork(
            story: story,
            name: spec.name,
            desk: desk,
            reference: try (story.reference ?? story.product?.image).map { try pictures.content(of: $0) }
        ).ask()
        emit(.spent(.script, cost: cost))
        return told
    }

    private func refuseLong(_ board: Storyboard) throws(JobError) {
        guard board.duration > Storyboard.longest else { return }
        throw JobError(
            .invalidRequest,
            "\(name) would be \(Int(board.duration)) s long; at most \(Int(Storyboard.longest)) s are made: shorten its "
                + "texts, or take shots out.",
            detail: "key=shots"
        )
    }

    /// Finds whom nobody shall recognize in pictures that are given or made; nil where everybody may be, or none are shown.
    ///
    /// Before anything is made: what may show nobody is not begun where nobody could be found.
    private func finder(for board: Storyboard) throws -> CoverFinder? {
        let showsPictures = board.shots.contains { $0.generator != BuiltInGenerator.cards.rawValue }
        guard showsPictures, !story.isPlanOnly else { return nil }
        return try CoverFinder(spec, interrupt: interrupt)
    }

    static func failure(_ done: String) -> StageFailure {
        StageFailure(kind: .renderFailed) { "The story \($0) could not be \(done); look at the journal of the job." }
    }

    private func planOnly(_ board: Storyboard) throws -> JobResult {
        for stage in [Stage.voice, .video, .compositing, .verify] {
            emit(.stageSkipped(stage, reason: "only a storyboard is wanted"))
        }
        let outputs = try steps.run(.export, failure: Self.failure("described")) { _ in
            try staging.described([
                try staging.write("storyboard", "storyboard.json", try MomentsJSON.document(board))
            ])
        }
        return JobResult(outputs: outputs, inputDuration: 0, outputDuration: 0, segmentsSelected: board.shots.count)
    }

    /// Has it spoken, and makes the shots as long as that takes.
    private func voice(_ board: inout Storyboard) throws -> VoiceTrack? {
        guard let wanted = story.voice else {
            emit(.stageSkipped(.voice, reason: "nothing is to be spoken"))
            return nil
        }
        var plan = board
        let track = try steps.run(.voice, failure: Self.failure("spoken")) { progress in
            try VoiceWork(
                desk: desk,
                language: story.language,
                name: spec.name,
                interrupt: interrupt,
                emit: emit
            ).speak(
                wanted,
                over: &plan,
                form: StoryForm(story),
                progress: progress
            )
        }
        board = plan
        return track
    }

    private func make(
        _ board: inout Storyboard,
        _ maker: ShotMaker,
        _ progress: @escaping (Double) -> Void
    ) throws -> [MadeShot] {
        try Folder.make(staging.file(ShotMaker.shotsFolder))
        var (shots, spent, start) = ([MadeShot](), 0.0, 0)
        let count = Double(board.shots.count)
        for index in board.shots.indices {
            let made = try maker.make(
                board.shots[index],
                number: index + 1,
                start: maker.form.seconds(start)
            ) { share in progress((Double(index) + share) / count) }
            start += made.frames
            board.shots[index].file = made.file.name
            board.shots[index].key = made.key
            spent += made.cost
            emit(.spent(.video, cost: spent))
            if let note = PaintedTitle.note(on: made.missing) { emit(.note("'\(board.shots[index].id)': \(note)")) }
            emit(.shotCompleted(index: index + 1, count: board.shots.count))
            shots.append(made)
        }
        maker.cache.keep(only: Set(shots.map(\.key)))
        let kept = board.shots.indices.filter { shots[$0].isKept }.map { board.shots[$0].id }
        if let note = Self.note(onKept: kept) { emit(.note(note)) }
        return shots
    }

    /// One sentence, however many: a job has only so many notes.
    static func note(onKept names: [String]) -> String? {
        let told = names.prefix(5).map { "'\(Escaping.line($0))'" }.joined(separator: ", ")
        switch names.count {
        case 0: return nil
        case 1: return "\(told) is as it was made before"
        case ...5: return "\(told) are as they were made before"
        default: return "\(told) and \(names.count - 5) more are as they were made before"
        }
    }

    private func compose(
        _ board: Storyboard,
        _ shots: [MadeShot],
        _ voice: VoiceTrack?,
        _ length: Double
    ) throws -> [StagedFile] {
        var files = shots.map(\.file)
        try StoryClip.write(board, shots, voice, length: length, in: staging, interrupt: interrupt)
        files.append(StagedFile(kind: "highlight", name: RenderStage.fileName))
        if let voice {
            let text = VoiceCaptions.webVTT(voice.sentences)
            files.append(try staging.write("captions", VoiceCaptions.fileName, text.utf8))
        }
        return files
    }
}
