internal import CLinux
internal import Glibc
internal import MomentsCore

/// Processes that outlive the child that started them, wherever they hid: in a session or group of their own too.
public enum LeftOvers {
    /// Has them become children of this process when their parents end, instead of the machine's first process.
    ///
    /// Call it once, before the first child is started.
    public static func adopt() { _ = moments_adopt_orphans() }

    /// Ends every child of this process that is not named, and what becomes its child by that.
    ///
    /// Call it when a child's own end is known, before what it wrote is trusted: what it left behind could still
    /// change that.
    ///
    /// - Parameter spared: The process ids of the children that go on, and of those somebody else takes the end of.
    /// - Returns: How many were ended.
    @discardableResult
    public static func end(sparing spared: Set<Int32>) -> Int {
        var ended = 0
        // Each end may hand over further ones; a process that makes them faster than this loses at the last turn.
        for _ in 0..<100 {
            let strays = children.subtracting(spared)
            guard !strays.isEmpty else { break }
            for stray in strays { kill(stray, SIGKILL) }
            for stray in strays where reap(stray) { ended += 1 }
        }
        return ended
    }

    /// Takes the end of a process that was killed; one that hangs in the kernel is left to itself after a second.
    private static func reap(_ process: Int32) -> Bool {
        for _ in 0..<500 {
            if retrying({ waitpid(process, nil, WNOHANG) }) != 0 { return true }
            usleep(2000)
        }
        return false
    }

    /// The children of all threads of this process; where the kernel keeps no lists of them, by looking at every process.
    static var children: Set<Int32> {
        let tasks: FilePath = "/proc/self/task"
        var found: Set<Int32> = []
        for task in (try? Folder.names(in: tasks)) ?? [] {
            guard let text = content(of: tasks.appending(task).appending("children")) else { return childrenByParent }
            found.formUnion(text.split(separator: " ").compactMap { Int32($0) })
        }
        return found
    }

    /// The same from what each process says of its parent.
    static var childrenByParent: Set<Int32> {
        let own = getpid()
        let names = (try? Folder.names(in: "/proc")) ?? []
        return Set(
            names.compactMap { name in
                guard let process = Int32(name.text), parent(of: process) == own else { return nil }
                return process
            }
        )
    }

    /// The parent of a process; its name, in parentheses, may hold anything.
    private static func parent(of process: Int32) -> Int32? {
        guard let text = content(of: FilePath("/proc/\(process)/stat")), let end = text.lastIndex(of: ")") else {
            return nil
        }
        let words = text[text.index(after: end)...].split(separator: " ")
        return words.count > 1 ? Int32(words[1]) : nil
    }

    private static func content(of file: FilePath) -> String? {
        guard let bytes = try? Descriptor.open(file, O_RDONLY).read(1 << 16, at: 0, of: file) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
