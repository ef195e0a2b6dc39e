internal import Glibc
public import MomentsCore

extension Sandbox {
    /// Shuts this process in and becomes another program, which is shut in too, with all it starts.
    ///
    /// It may read and run whatever there is but for some folders, write into one, and reach sockets that have a path: no
    /// network. Where the kernel lacks a part, it runs with what there is.
    ///
    /// - Parameters:
    ///   - command: The program, looked up in PATH when it has no slash, and its arguments; not empty.
    ///   - room: The folder it may write into.
    ///   - readable: What may be read though it lies in a hidden folder.
    ///   - hidden: Folders of which nothing else may be read; absolute.
    /// - Returns: Only where the program cannot be started.
    public static func become(
        _ command: [FilePath],
        room: FilePath,
        readable: [FilePath],
        hidden: [FilePath]
    ) -> SystemError {
        ResourceLimits().apply()
        Privileges.giveUp()
        let hidden = hidden.map { (try? Folder.resolved($0)) ?? $0 }
        do {
            let open = everything(below: "/", but: hidden)
            _ = try Landlock.restrict(readable: open + readable, writable: [room], runsPrograms: true)
        } catch { return error }
        _ = SystemCallFilter.installForCommand()
        // What was refused to us stays refused; what we ignored the program should not.
        signal(SIGPIPE, SIG_DFL)
        signal(SIGXFSZ, SIG_DFL)
        var words: [UnsafeMutablePointer<CChar>?] = command.map { $0.withCString { strdup($0) } } + [nil]
        defer { for word in words { free(word) } }
        guard let program = words.first ?? nil else { return SystemError("start", "an empty command", code: EINVAL) }
        execvp(program, &words)
        return .last("start", command.first ?? "")
    }

    /// The largest folders, and files, that hold nothing hidden.
    static func everything(below folder: FilePath, but hidden: [FilePath]) -> [FilePath] {
        if hidden.contains(folder) { return [] }
        guard hidden.contains(where: { $0.relative(to: folder) != nil }) else { return [folder] }
        let names = (try? Folder.names(in: folder)) ?? []
        return names.flatMap { everything(below: folder.appending($0), but: hidden) }
    }
}
