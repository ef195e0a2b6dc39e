internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Finds the taste a reel is chosen by, and notes what its edits teach; reads and writes.
package struct TasteDesk: Sendable {
    /// Whose taste a job's edits are learnt into.
    struct Learning: Sendable {
        let subject: TasteSubject
        /// Whether what a person changed counts: only the owner teaches.
        let countsEdits: Bool
    }

    /// What a job begins with.
    struct Beginning: Sendable {
        var taste = Taste.none
        /// nil where nothing is learnt.
        var learning: Learning?
        /// For people; one sentence each.
        var notes: [String] = []
    }

    let store: TasteStore
    let inbox: RootedDirectory

    /// Finds what a job is to know.
    ///
    /// - Parameters:
    ///   - manifest: The job.
    ///   - video: Its video.
    ///   - request: The request it is made after; nil without one.
    /// - Returns: The taste, and who learns.
    func begin(_ manifest: Manifest, _ video: FileStatus, request: FileStatus?) -> Beginning {
        let (options, folder) = (manifest.config, manifest.source.folder)
        guard let subject = TasteSubject(options.learn, folder: folder, preset: manifest.preset) else {
            return Beginning()
        }
        let (taste, trouble) = store.taste(of: subject)
        let first = folder.components.first.flatMap { try? inbox.status($0) }
        let teacher = Self.teacher(folder: first?.owner, video: video.owner, service: geteuid())
        let isEdited = !(options.segments.isEmpty && options.pin.isEmpty && options.ban.isEmpty)
        let counts = request.map { $0.owner == teacher } ?? false
        var notes = [trouble].compactMap { $0 }
        if isEdited, !counts, let request {
            let (other, owner) = (UserName.of(request.owner).display, UserName.of(teacher).display)
            notes.append(
                "Nothing is learnt of what this request changes: it is \(other)'s, and only \(owner) teaches here."
            )
        }
        return Beginning(taste: taste, learning: Learning(subject: subject, countsEdits: counts), notes: notes)
    }

    /// Who teaches the taste of a folder: whoever it belongs to.
    ///
    /// A folder of nobody in particular, which root or the service made for all, is taught by those whose videos lie in
    /// it, each about those.
    ///
    /// - Parameters:
    ///   - folder: The owner of the first-level folder; nil for a video in the inbox itself.
    ///   - video: The owner of the video.
    ///   - service: The user of the service.
    /// - Returns: The user whose requests count.
    package static func teacher(folder: UInt32?, video: UInt32, service: UInt32) -> UInt32 {
        guard let folder, folder != 0, folder != service else { return video }
        return folder
    }

    /// Notes what a job taught.
    ///
    /// - Parameters:
    ///   - lesson: What its worker gathered.
    ///   - learning: Whose taste it is.
    ///   - manifest: The job, as it is published.
    /// - Returns: What is wrong: one sentence; nil where all is well.
    func learn(_ lesson: TasteLesson, _ learning: Learning, _ manifest: Manifest) -> String? {
        guard lesson.kind == .kept || learning.countsEdits, let content = manifest.source.contentID else { return nil }
        var digest = SHA256()
        digest.update(Array("taste \(content)".utf8))
        let video = String(digest.finish().prefix(32))
        let judgments = lesson.pairs.map { pair in
            Judgment(
                at: .now,
                job: manifest.jobID,
                video: video,
                name: manifest.source.path,
                duration: manifest.media?.duration,
                kind: lesson.kind,
                pair: pair
            )
        }
        do { return try store.add(judgments, to: learning.subject) } catch {
            return "What the edits of '\(manifest.source.path.display)' teach cannot be kept: \(error)."
        }
    }
}
