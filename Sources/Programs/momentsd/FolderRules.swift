internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// What the configured folders must be to each other.
enum FolderRules {
    /// Folders that cannot be used like this; one sentence.
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    /// Refuses folders of which one lies in another: results would be taken for new videos, again and again.
    static func check(_ settings: Settings) throws(Violation) {
        let folders = settings.folders
        var places = [("Inbox", folders.inbox), ("Outbox", folders.outbox), ("State", folders.state)]
        if settings.intake.afterSuccess == .archive { places.append(("Archive", folders.archive)) }
        if settings.intake.afterFailure == .quarantine { places.append(("Quarantine", folders.quarantine)) }
        for (name, path) in places where !path.isAbsolute {
            throw Violation(description: "[Folders] \(name)= must be an absolute path, not '\(path.display)'.")
        }
        let inbox = resolved(folders.inbox)
        for (name, path) in places.dropFirst() {
            let other = resolved(path)
            if other == inbox {
                throw Violation(
                    description:
                        "[Folders] Inbox= and \(name)= are the same folder (\(inbox.display)); give each its own."
                )
            }
            if other.relative(to: inbox) != nil {
                throw Violation(
                    description:
                        "[Folders] \(name)= (\(other.display)) lies inside Inbox= (\(inbox.display)), where every "
                        + "file is taken for a new video; put it beside the inbox."
                )
            }
            if inbox.relative(to: other) != nil {
                throw Violation(
                    description:
                        "[Folders] Inbox= (\(inbox.display)) lies inside \(name)= (\(other.display)); put it beside "
                        + "that folder."
                )
            }
        }
    }

    /// The path with every link on the way followed, as far as it exists.
    private static func resolved(_ path: FilePath) -> FilePath {
        if let real = try? Folder.resolved(path) { return real }
        let parent = path.parent
        return parent.isEmpty || parent == path ? path : resolved(parent).appending(path.name)
    }
}
