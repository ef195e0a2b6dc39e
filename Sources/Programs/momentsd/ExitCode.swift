/// What the program's end tells the service manager.
enum ExitCode {
    /// Something else went wrong; starting again may help.
    static let failure: CInt = 1
    /// EX_CONFIG of sysexits.h: the configuration cannot be obeyed.
    static let configuration: CInt = 78
}
