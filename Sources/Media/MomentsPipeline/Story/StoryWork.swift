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
        var board = try steps.run(.script, failure: Self.failure("planned")) { _ in
            try pictures.check()
            let footage = spec.footage
            let board = StoryPlanner(story, hasFootage: { FootageChoice.best(footage, for: $0) != nil }).plan()
            try refuseBlur(in: board)
            return board
        }
        guard !story.isPlanOnly else { return try planOnly(board) }
        let voice = try voice(&board)
        let form = StoryForm(story)
        let maker = ShotMaker(
            spec: spec,
            board: board,
            pictures: pictures,
            form: form,
            desk: desk,
            interrupt: interrupt
        )
        let shots = try steps.run(.video, failure: Self.failure("filmed")) { progress in
            try make(&board, maker, progress)
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

    /// Nobody is looked for in pictures that are given or made: where somebody is to be blurred, none are shown.
    private func refuseBlur(in board: Storyboard) throws(JobError) {
        let blur = spec.options.subjects.blur
        let showsPictures = board.shots.contains { $0.generator != BuiltInGenerator.cards.rawValue }
        guard blur != .off, !story.isPlanOnly, showsPictures else { return }
        throw JobError(
            .invalidRequest,
            "\(name) is not made, since \(blur.rawValue) are to be blurred ([Subjects] Blur=), which is not done in stories; use "
                + "a preset without it, or only local:cards.",
            detail: "key=blur"
        )
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
        var (shots, spent) = ([MadeShot](), 0.0)
        let count = Double(board.shots.count)
        for index in board.shots.indices {
            let made = try maker.make(board.shots[index], number: index + 1) { share in
                progress((Double(index) + share) / count)
            }
            board.shots[index].file = made.file.name
            board.shots[index].key = made.key
            spent += made.cost
            emit(.spent(.video, cost: spent))
            if made.isKept { emit(.note("'\(board.shots[index].id)' is as it was made before")) }
            if let note = PaintedTitle.note(on: made.missing) { emit(.note("'\(board.shots[index].id)': \(note)")) }
            emit(.shotCompleted(index: index + 1, count: board.shots.count))
            shots.append(made)
        }
        maker.cache.keep(only: Set(shots.map(\.key)))
        return shots
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
