internal import Glibc
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// The stage behind the analysis of jobs that have a command which writes down what is said, where no subtitles do.
///
/// Nothing that goes wrong in it ends the job.
struct TranscriptStage: JobStage {
    /// What came of it.
    enum Answer {
        /// WebVTT.
        case said([UInt8])
        /// Why there is none: a clause with the command as its subject.
        case failed(String)
    }

    static let stage = Stage.transcript
    static let failure = StageFailure(kind: .decodeFailed) { "The sound of \($0) could not be written down." }
    static let options: [StageOption] = []

    /// The folder of the recording below the staging folder; it goes when the stage ends.
    private static let folder = "transcript"

    /// Waits for the answer; nil where nobody answers any more.
    let reply: () -> TranscriptReply?

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Answer {
        let folder = context.staging.file(Self.folder)
        defer { try? Folder.removeTree(folder) }
        do {
            try Folder.removeTree(folder)
            try Folder.make(folder, mode: 0o700)
            let name = "\(Self.folder)/recording.wav"
            try SpeechRecording.write(context.source, to: context.staging.file(name), interrupt: context.interrupt) {
                progress(0.2 * $0)
            }
            context.report(.recording(FilePath(name)))
            guard let reply = reply() else {
                if context.interrupt.isRequested { throw MediaError.interrupted("ask", "the transcript's command") }
                return failed("nobody is there who runs it", in: context)
            }
            if let text = reply.transcript { return .said(Array(text.utf8)) }
            return failed(reply.refusal ?? "it said nothing", in: context)
        } catch {
            if (error as? MediaError)?.isInterruption == true { throw error }
            return failed("the sound could not be written for it (\(error))", in: context)
        }
    }

    private func failed(_ reason: String, in context: StageContext) -> Answer {
        context.report(.transcribed(failure: reason))
        return .failed(reason)
    }
}
