internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// Asks the running daemon over its status socket.
struct StatusClient {
    /// The option every command that asks has.
    static let option = Arguments.Option(
        "--socket",
        value: "PATH",
        "the status socket (default: MOMENTS_SOCKET, or as configured, /run/momentsd/status.sock)"
    )

    let socket: FilePath

    /// Finds the socket: `--socket`, or the environment's `MOMENTS_SOCKET`, or what the configuration says.
    ///
    /// - Parameters:
    ///   - arguments: The command's words.
    ///   - settings: What is configured; nil reads it.
    init(_ arguments: Arguments, settings: Settings? = nil) {
        let named = arguments.path("--socket") ?? getenv("MOMENTS_SOCKET").map { FilePath(String(cString: $0)) }
        if let named {
            socket = Folder.absolute(named)
        } else {
            // People without the right to read the configuration still find the default place.
            socket = (settings ?? (try? Settings.load(nil).settings) ?? Settings()).status.socket
        }
    }

    /// The answer to a question, as the daemon wrote it.
    ///
    /// - Parameters:
    ///   - target: Path and parameters.
    ///   - accepting: Codes besides 200 whose answer is wanted.
    /// - Returns: The code and the JSON.
    /// - Throws: `Failure` when nobody answers, or the daemon refuses.
    func ask(_ target: String, accepting: [Int] = []) throws(Failure) -> (code: Int, body: Data) {
        do {
            let answer = try LocalHTTP(get: target, from: socket)
            let code = answer.code
            let body = Data(try answer.content())
            guard code == 200 || accepting.contains(code) else { throw Self.refusal(body, code) }
            return (code, body)
        } catch let failure as Failure { throw failure } catch { throw silence(error) }
    }

    /// The answer to a question as a value.
    func ask<Value: Decodable>(_ target: String, accepting: [Int] = [], as type: Value.Type) throws(Failure) -> Value {
        try Self.decode(type, from: try ask(target, accepting: accepting).body)
    }

    /// Opens a stream of events; each wait lasts as long as three signs of life take.
    func stream(_ target: String) throws(Failure) -> LocalHTTP {
        do {
            let answer = try LocalHTTP(get: target, from: socket, timeout: 45)
            if answer.code == 200 { return answer }
            let code = answer.code
            throw Self.refusal(Data(try answer.content()), code)
        } catch let failure as Failure { throw failure } catch { throw silence(error) }
    }

    /// Reads a value; what cannot be read comes from another version.
    static func decode<Value: Decodable>(_ type: Value.Type, from body: Data) throws(Failure) -> Value {
        do { return try MomentsJSON.decode(type, from: body) } catch {
            throw Failure("the daemon's answer is not understood; are moments and momentsd of the same version?")
        }
    }

    /// Why nobody answers, and what to do.
    func silence(_ error: any Error) -> Failure {
        guard let error = error as? SystemError else { return Failure("\(error)") }
        switch error.code {
        case ENOENT, ENOTDIR, ECONNREFUSED:
            return Failure(
                "momentsd does not run: nobody listens on \(socket.display); start it (systemctl start momentsd), "
                    + "or name its socket with --socket"
            )
        case EACCES, EPERM:
            return Failure("you may not connect to \(socket.display); ask for membership in the socket's group")
        case EPROTO, ETIMEDOUT:
            return Failure("\(socket.display) does not answer as momentsd would (\(error.reason))")
        default: return Failure("\(error)")
        }
    }

    private static func refusal(_ body: Data, _ code: Int) -> Failure {
        guard let refusal = try? MomentsJSON.decode(RefusalDocument.self, from: body) else {
            return Failure("the daemon refused with code \(code)")
        }
        let allowed = refusal.allowed.map { "; allowed: " + $0.joined(separator: ", ") } ?? ""
        return Failure(Escaping.line(refusal.error + allowed))
    }
}
