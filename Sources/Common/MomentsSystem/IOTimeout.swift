internal import Glibc
public import MomentsCore
internal import Synchronization

/// Keeps calls to file servers that may never answer from holding those who have other things to do.
///
/// A stat(2) of a share whose server hangs does not return, and nothing can make it. So the threads that ask for it (see
/// `SerialQueue.ioTimeout`) let such calls be made by another thread, one for each mounted share, and wait a few
/// seconds: then the call fails with ETIMEDOUT, and so does every other one to the same share until the first one
/// returns. File systems on this machine's own disks are called directly.
public enum IOTimeout {
    private struct State {
        var mounts: MountTable?
        /// Where shares are mounted that the folders in use lie on, or that lie in them.
        var servers: [FilePath] = []
        var roots: [FilePath] = []
        /// Folders that are named by way of a link, and where they really are.
        var aliases: [FilePath: FilePath] = [:]
        var threads: [FilePath: TimeoutThread] = [:]
        var descriptors: [CInt: TimeoutThread] = [:]
    }

    private static let state = Mutex(State())
    // Most machines have no share at all: one look tells.
    private static let isNeeded = Atomic(false)

    /// Names folders that will be used; links on the way to them are resolved, which may take five seconds for each.
    ///
    /// - Parameter roots: The folders, absolute.
    public static func use(_ roots: [FilePath]) {
        for root in roots {
            // Nobody knows yet where a link leads.
            let real = TimeoutThread().call(limit: .seconds(5)) { (try? root.withoutLinks()) ?? root }
            state.withLock { state in
                if !state.roots.contains(root) { state.roots.append(root) }
                state.aliases[root] = real == root ? nil : real
            }
        }
        update()
    }

    /// Takes in what is mounted now; asks no file system anything.
    ///
    /// - Returns: Whether anything changed that has to do with the folders in use.
    @discardableResult
    public static func update(_ mounts: MountTable = .read()) -> Bool {
        let (count, isNew) = state.withLock { state in
            let known = mounts.around(state.roots.map { state.aliases[$0] ?? $0 })
            defer { state.mounts = known }
            state.servers = known.servers
            return (state.servers.count, state.mounts != known)
        }
        isNeeded.store(count > 0, ordering: .relaxed)
        return isNew
    }

    /// Whether a path lies on a share, which may stop answering.
    public static func isNeeded(at path: @autoclosure () -> FilePath) -> Bool {
        isNeeded.load(ordering: .relaxed) && server(of: path()) != nil
    }

    /// Whether a folder in use is named by way of a link.
    public static func isByLink(_ root: FilePath) -> Bool { state.withLock { $0.aliases[root] != nil } }

    /// Makes a call that names a path, or an open file.
    ///
    /// - Parameters:
    ///   - operation: The step, as in `SystemError`.
    ///   - path: The path.
    ///   - descriptor: The number of the open file; nil where the path itself is named.
    ///   - work: The call.
    ///   - input: What the call is given: all that it touches.
    /// - Returns: What it returned.
    /// - Throws: What it threw, or ETIMEDOUT.
    static func with<each Input: Sendable, Value: Sendable>(
        _ operation: String,
        _ path: FilePath,
        descriptor: CInt? = nil,
        _ work: @escaping @Sendable (repeat each Input) throws(SystemError) -> Value,
        _ input: repeat each Input
    ) throws(SystemError) -> Value {
        guard isNeeded.load(ordering: .relaxed), let limit = SerialQueue.currentIOTimeout,
            let thread = thread(of: descriptor, at: path)
        else { return try work(repeat each input) }
        let result = thread.call(limit: limit) { outcome(of: work, repeat each input) }
        guard let result else { throw SystemError(operation, path, code: ETIMEDOUT) }
        return try result.get()
    }

    /// Makes a call of the kernel that names a path, or an open file, and says by nil and errno that it failed.
    ///
    /// - Parameters:
    ///   - operation: The step, as in `SystemError`.
    ///   - path: The path.
    ///   - descriptor: The number of the open file; nil where the path itself is named.
    ///   - work: The call; it owns everything it touches, and nothing comes between its failure and its end.
    /// - Returns: What it returned.
    /// - Throws: `SystemError` with the kernel's reason, or ETIMEDOUT.
    public static func call<Value: Sendable>(
        _ operation: String,
        _ path: FilePath,
        descriptor: CInt? = nil,
        _ work: @escaping @Sendable () -> Value?
    ) throws(SystemError) -> Value {
        try with(operation, path, descriptor: descriptor, checked, operation, path, work)
    }

    private static func checked<Value>(
        _ operation: String,
        _ path: FilePath,
        _ work: @Sendable () -> Value?
    ) throws(SystemError) -> Value {
        guard let value = work() else { throw .last(operation, path) }
        return value
    }

    /// Opens something; what is opened when nobody waits any more is closed again.
    ///
    /// - Returns: The descriptor's number, which the caller owns.
    static func open<each Input: Sendable>(
        _ path: FilePath,
        _ work: @escaping @Sendable (repeat each Input) throws(SystemError) -> CInt,
        _ input: repeat each Input
    ) throws(SystemError) -> CInt {
        guard isNeeded.load(ordering: .relaxed), let limit = SerialQueue.currentIOTimeout, let thread = thread(at: path)
        else {
            return try work(repeat each input)
        }
        let opened = thread.call(limit: limit) { Opened(outcome(of: work, repeat each input)) }
        guard let opened else { throw SystemError("open", path, code: ETIMEDOUT) }
        let number = try opened.take()
        state.withLock { $0.descriptors[number] = thread }
        return number
    }

    private static func outcome<each Input, Value>(
        of work: (repeat each Input) throws(SystemError) -> Value,
        _ input: repeat each Input
    ) -> Result<Value, SystemError> {
        do { return .success(try work(repeat each input)) } catch { return .failure(error) }
    }

    /// Closes an open file; one on a share is closed in the background, where that may take for ever too.
    static func close(_ number: CInt) {
        let thread =
            isNeeded.load(ordering: .relaxed) ? state.withLock { $0.descriptors.removeValue(forKey: number) } : nil
        guard let thread else {
            _ = Glibc.close(number)
            return
        }
        thread.post { _ = Glibc.close(number) }
    }

    /// Forgets a descriptor that somebody else closes.
    static func forget(_ number: CInt) {
        guard isNeeded.load(ordering: .relaxed) else { return }
        state.withLock { _ = $0.descriptors.removeValue(forKey: number) }
    }

    /// Notes that a long call to where a path lies gets on.
    static func sign(at path: FilePath) {
        if isNeeded.load(ordering: .relaxed) { thread(at: path)?.sign() }
    }

    private static func thread(of descriptor: CInt?, at path: FilePath) -> TimeoutThread? {
        guard let descriptor else { return thread(at: path) }
        return state.withLock { $0.descriptors[descriptor] }
    }

    private static func thread(at path: FilePath) -> TimeoutThread? {
        if let number = heldDescriptor(in: path) { return state.withLock { $0.descriptors[number] } }
        guard let server = server(of: path) else { return nil }
        return state.withLock { state in
            if let thread = state.threads[server] { return thread }
            let thread = TimeoutThread()
            state.threads[server] = thread
            return thread
        }
    }

    /// The mount of the share a path lies on; the innermost one.
    private static func server(of path: FilePath) -> FilePath? {
        let (servers, aliases) = state.withLock { ($0.servers, $0.aliases) }
        var real = path
        for (alias, place) in aliases {
            if let rest = path.relative(to: alias) { real = place.appending(rest) }
        }
        return servers.filter { real.relative(to: $0) != nil }.max { $0.bytes.count < $1.bytes.count }
    }

    /// What the name of a held folder begins with; its descriptor's number follows.
    static let held = "/proc/self/fd/"

    /// The number in a path such as "/proc/self/fd/7/name", by which a held folder is named.
    private static func heldDescriptor(in path: FilePath) -> CInt? {
        guard path.hasPrefix(held) else { return nil }
        return CInt(
            String(decoding: path.bytes.dropFirst(held.utf8.count).prefix { $0 != 0x2f }, as: UTF8.self)
        )
    }

    /// An open file on its way from one thread to another.
    private final class Opened: Sendable {
        private let number: Mutex<Result<CInt, SystemError>?>

        init(_ number: Result<CInt, SystemError>) { self.number = Mutex(number) }

        func take() throws(SystemError) -> CInt {
            let taken = number.withLock { number in
                defer { number = nil }
                return number
            }
            return try taken?.get() ?? -1
        }

        deinit {
            if case .success(let number)? = number.withLock({ $0 }) { _ = Glibc.close(number) }
        }
    }
}
