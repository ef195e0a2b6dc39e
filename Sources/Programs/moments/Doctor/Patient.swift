internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// What the doctor looks at: a configuration, the user the service runs as, and the programs that tell about both.
struct Patient {
    /// What is configured.
    let settings: Settings
    /// The service's unit.
    let unit: String
    /// The user the service runs as.
    let serviceUser: String
    /// The person whose uploads are looked at; nil for whoever asks.
    let person: String?
    /// Ends what is asked.
    let interruption: Interruption

    /// Whether this program may look with other people's eyes.
    var isRoot: Bool { geteuid() == 0 }

    /// The folders the service needs, with the names of their keys.
    var folders: [(key: String, path: FilePath)] {
        let folders = settings.folders
        var all = [("Inbox", folders.inbox), ("Outbox", folders.outbox), ("State", folders.state)]
        if settings.intake.afterSuccess == .archive { all.append(("Archive", folders.archive)) }
        if settings.intake.afterFailure == .quarantine { all.append(("Quarantine", folders.quarantine)) }
        return all
    }

    /// Runs a program; one that takes longer than half a minute has failed, and so has one that is not there.
    func run(_ words: [FilePath]) -> ToolRun? {
        try? ToolRun.run(["timeout", "--kill-after=5", "30"] + words, interruption, orElse: "")
    }

    /// What a program says, by lines; nil where it is not there or fails.
    func lines(_ words: FilePath...) -> [String]? {
        guard let run = run(words), run.hasSucceeded else { return nil }
        return run.text.split(separator: "\n").map(String.init)
    }

    /// Whether somebody may do something with a path, as the kernel sees it; nil where that cannot be asked.
    ///
    /// - Parameters:
    ///   - user: Who; nil for whoever asks.
    ///   - letters: r, w and x.
    ///   - path: What with.
    /// - Returns: Whether all of it is allowed.
    func may(_ user: String?, _ letters: String, _ path: FilePath) -> Bool? {
        guard let user else {
            let flags = letters.reduce(CInt(0)) { $0 | ($1 == "r" ? R_OK : $1 == "w" ? W_OK : X_OK) }
            return access(path.text, flags) == 0
        }
        guard isRoot, getpwnam(user) != nil else { return nil }
        for letter in letters {
            let words: [FilePath] = ["runuser", "-u", FilePath(user), "--", "test", FilePath("-\(letter)"), path]
            guard let run = run(words) else { return nil }
            if !run.hasSucceeded { return false }
        }
        return true
    }

    /// A path as a shell takes it.
    static func quoted(_ path: FilePath) -> String { quoted(path.text) }

    /// A word as a shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "/._-+@%=:,".utf8.contains(byte)
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
