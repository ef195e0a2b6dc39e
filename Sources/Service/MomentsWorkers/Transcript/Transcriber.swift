internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Has what is said in videos written down by a command, one video at a time, each once.
///
/// What it wrote is kept by the video's content and the command: no retry and no rerender asks again.
public final class Transcriber: Sendable {
    private let command: JudgeCommand
    private let folder: FilePath
    private let desk = SerialQueue(label: "momentsd.transcriber")

    /// More videos than these are not remembered.
    private static let most = 2000
    /// Where the worker leaves the recording below its staging folder.
    private static let recording: FilePath = "transcript/recording.wav"

    /// Prepares.
    ///
    /// - Parameters:
    ///   - command: How it is run; it reads a recording (WAV, 16 kHz, one channel) and writes WebVTT.
    ///   - folder: Where transcripts are kept; made where it is missing.
    /// - Throws: `SystemError` where there can be no such folder.
    public init(_ command: JudgeCommand, folder: FilePath) throws(SystemError) {
        (self.command, self.folder) = (command, folder)
        try Folder.make(folder, mode: 0o700)
        prune()
    }

    /// What was written down before of a video of this content; nil where it has to be asked.
    public func known(_ content: String) -> FilePath? {
        let file = file(content)
        return (try? FileStatus.of(file))?.kind == .regular ? file : nil
    }

    /// Writes down what is said; to be cancelled where nobody wants to know any more.
    ///
    /// - Parameters:
    ///   - path: Where the recording stands below the staging folder.
    ///   - staging: The job's staging folder; absolute.
    ///   - content: What tells the video from any other; nil where it is not remembered.
    /// - Returns: What is said, or why that is not known.
    public func answer(_ path: FilePath, staging: FilePath, content: String?) async -> TranscriptReply {
        let isUnwanted = Flag()
        return await withTaskCancellationHandler {
            await desk.run { [self] in
                do throws(JudgeFailure) {
                    return TranscriptReply(try transcript(path, staging, content, isUnwanted))
                } catch { return TranscriptReply(error) }
            }
        } onCancel: {
            isUnwanted.raise()
        }
    }

    /// Waits until nobody is at work any more; blocks.
    public func waitUntilIdle() { desk.waitUntilIdle() }

    private func transcript(
        _ path: FilePath,
        _ staging: FilePath,
        _ content: String?,
        _ isUnwanted: Flag
    ) throws(JudgeFailure) -> String {
        if isUnwanted.isRaised { throw JudgeFailure("nobody wanted its answer any more") }
        // The worker may be in the hands of whoever made the video.
        guard path == Self.recording else { throw JudgeFailure("the recording is none of this job's") }
        let place = folder.appending(FilePath(JobIdentifier.make() + ".part"))
        let roomPath = place.adding(suffix: ".room")
        defer {
            try? Folder.removeTree(roomPath)
            try? Folder.removeFile(place)
        }
        do {
            let recording = try RootedDirectory(staging).openRegular(path)
            let answer = try Descriptor.open(place, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            let room = try CommandRoom(making: roomPath)
            let run = CommandRun(
                command: command.start(room: room.path, sheets: staging.appending(path.parent)),
                room: room,
                timeout: command.timeout,
                largest: JudgeAnswer.largest,
                isCancelled: { isUnwanted.isRaised }
            )
            try run.run(reading: recording, writing: answer)
            let bytes = try answer.read(JudgeAnswer.largest + 1, at: 0, of: place)
            let text = try Self.checked(bytes)
            if let content {
                try AtomicFile.replace(file(content), with: bytes, mode: 0o600)
                prune()
            }
            return text
        } catch let failure as JudgeFailure { throw failure } catch {
            throw JudgeFailure("what it wrote cannot be kept (\(error))")
        }
    }

    /// What it wrote, if that is WebVTT at all; whether it fits the video is for the worker to tell.
    private static func checked(_ bytes: [UInt8]) throws(JudgeFailure) -> String {
        guard !bytes.isEmpty else { throw JudgeFailure("it wrote nothing") }
        guard bytes.count <= JudgeAnswer.largest else {
            throw JudgeFailure("it wrote more than \(JudgeAnswer.largest >> 10) KiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw JudgeFailure("it wrote no UTF-8") }
        guard text.hasPrefix("WEBVTT") || text.hasPrefix("\u{feff}WEBVTT") else {
            throw JudgeFailure("it wrote no WebVTT, which begins with \"WEBVTT\"")
        }
        return text
    }

    private func file(_ content: String) -> FilePath {
        var digest = SHA256()
        for word in [Array(content.utf8)] + command.words.map(\.bytes) {
            digest.update(word)
            digest.update([0])
        }
        return folder.appending(FilePath(digest.finish() + ".vtt"))
    }

    /// Removes the oldest, and what an earlier service was at when it was killed.
    private func prune() {
        guard let opened = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            let entries = try? Folder.entries(of: opened, path: folder)
        else { return }
        let whole = entries.filter { $0.name.hasSuffix(".vtt") }.sorted { $0.status.changed > $1.status.changed }
        for entry in whole.dropFirst(Self.most) { try? Folder.removeFile(folder.appending(entry.name)) }
    }
}
