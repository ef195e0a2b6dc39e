internal import CLinux
internal import Glibc
public import MomentsCore

/// A program started as a child in a process group of its own, with a pipe to each of its standard streams.
///
/// Nothing but those three descriptors is inherited; signals are at their defaults. The owner reads `output` and
/// `errors`, waits for `exit` to become readable, and then calls `reap`.
public struct ChildProcess: ~Copyable {
    /// Its process id, which is also that of its group.
    public let pid: Int32
    /// Its standard output, whose reading never blocks; where that is a file of the caller's, that file.
    public let output: Descriptor
    /// Its standard error; reading never blocks.
    public let errors: Descriptor
    /// Becomes readable when the process has ended.
    public let exit: Descriptor

    private var input: Descriptor?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: The program, looked up in PATH when it has no slash, and its arguments; not empty.
    ///   - environment: The whole environment, as NAME=VALUE.
    /// - Throws: `SystemError` with the reason, also when the program is not there.
    public init(_ arguments: [FilePath], environment: [String]) throws(SystemError) {
        // A child that ends early must give EPIPE to whoever writes to it, not end the whole service.
        signal(SIGPIPE, SIG_IGN)
        let stdin = try Pipe()
        let stdout = try Pipe()
        let stderr = try Pipe()
        let ends = (stdin.reader.number, stdout.writer.number, stderr.writer.number)
        let started = try Self.start(arguments, environment, ends)
        pid = started.pid
        exit = Descriptor(taking: started.handle)
        _ = moments_fcntl(stdout.reader.number, F_SETFL, Int(O_NONBLOCK))
        _ = moments_fcntl(stderr.reader.number, F_SETFL, Int(O_NONBLOCK))
        input = stdin.takeWriter()
        output = stdout.takeReader()
        errors = stderr.takeReader()
    }

    /// Starts a program that reads a file and writes into one, so that nothing of it is lost with the caller.
    ///
    /// - Parameters:
    ///   - arguments: The program, looked up in PATH when it has no slash, and its arguments; not empty.
    ///   - environment: The whole environment, as NAME=VALUE.
    ///   - input: Its standard input.
    ///   - output: Its standard output; what is locked by this descriptor stays so while the program has it.
    /// - Throws: `SystemError` with the reason, also when the program is not there.
    public init(
        _ arguments: [FilePath],
        environment: [String],
        reading input: borrowing Descriptor,
        writing output: borrowing Descriptor
    ) throws(SystemError) {
        signal(SIGPIPE, SIG_IGN)
        let stderr = try Pipe()
        let file = try output.duplicate()
        let ends = (input.number, output.number, stderr.writer.number)
        let started = try Self.start(arguments, environment, ends)
        pid = started.pid
        exit = Descriptor(taking: started.handle)
        _ = moments_fcntl(stderr.reader.number, F_SETFL, Int(O_NONBLOCK))
        self.input = nil
        self.output = file
        errors = stderr.takeReader()
    }

    /// Hands over the standard input; closing it tells the child that its input has ended.
    public mutating func takeInput() -> Descriptor? {
        let taken = input.take()
        return taken
    }

    /// Limits the memory for data (RLIMIT_DATA) of the process and of what it starts from now on.
    public borrowing func limitMemory(to bytes: Int64) {
        _ = moments_set_memory_limit(pid, UInt64(clamping: bytes))
    }

    /// Sends a signal to the process and to everything in its group.
    public borrowing func signalGroup(_ signal: Int32) { _ = kill(-pid, signal) }

    /// Takes the end of the process: nil while it runs.
    public borrowing func reap() -> ExitReason? { reapWithUsage()?.reason }

    /// Takes the end of the process, and what it used until then: nil while it runs.
    public borrowing func reapWithUsage() -> (reason: ExitReason, usage: ProcessUsage)? {
        var status: CInt = 0
        var usage = rusage()
        let ended = retrying { wait4(pid, &status, WNOHANG, &usage) }
        guard ended == pid else { return ended < 0 ? (.exited(0), ProcessUsage(rusage())) : nil }
        return (ExitReason(waitStatus: status), ProcessUsage(usage))
    }

    /// Starts a program, and opens what tells of its end; whoever calls it closes that.
    private static func start(
        _ arguments: [FilePath],
        _ environment: [String],
        _ ends: (CInt, CInt, CInt)
    ) throws(SystemError) -> (pid: Int32, handle: CInt) {
        let pid = try spawn(arguments, environment, ends)
        let handle = moments_pidfd_open(pid)
        guard handle >= 0 else {
            let error = SystemError.last("watch", arguments.first ?? "")
            kill(-pid, SIGKILL)
            waitpid(pid, nil, 0)
            throw error
        }
        return (pid, handle)
    }

    private static func spawn(
        _ arguments: [FilePath],
        _ environment: [String],
        _ ends: (CInt, CInt, CInt)
    ) throws(SystemError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends.0, 0)
        posix_spawn_file_actions_adddup2(&actions, ends.1, 1)
        posix_spawn_file_actions_adddup2(&actions, ends.2, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        )
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { $0.withCString { strdup($0) } } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        guard let program = words.first ?? nil else { throw SystemError("start", "an empty command", code: EINVAL) }
        let code = posix_spawnp(&pid, program, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw SystemError("start", arguments.first ?? "", code: code) }
        return pid
    }
}
