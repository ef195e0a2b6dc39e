internal import Glibc
internal import MomentsCore

// A reader that is gone is noticed by the write that fails.
signal(SIGPIPE, SIG_IGN)
// Without privileges Dispatch cannot raise the priority of its event thread, and writes that to the system's log.
setenv("LIBDISPATCH_LOG", "NO", 0)
// The words as they are: the standard library's own list replaces what is not UTF-8.
let words = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
    CommandLine.unsafeArgv[index].map { word in
        FilePath(bytes: UnsafeBufferPointer(start: word, count: strlen(word)).map { UInt8(bitPattern: $0) })
    }
}
exit(Program.run(words))
