internal import FoundationEssentials
internal import Glibc
internal import MomentsCore

/// Reads the job from the standard input: one line, or everything up to the end.
struct SpecReader {
    /// Why there is no job.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// A job larger than this is no job, in bytes.
    private static let limit = 16 << 20

    func read() throws(Problem) -> JobSpec {
        var text: [UInt8] = []
        var byte: UInt8 = 0
        // Byte by byte: what follows the line is not ours to take.
        while text.count < Self.limit {
            let got = Glibc.read(0, &byte, 1)
            if got < 0, errno == EINTR { continue }
            if got <= 0 || byte == UInt8(ascii: "\n") && !text.isEmpty { break }
            text.append(byte)
        }
        do {
            let spec = try MomentsJSON.decode(JobSpec.self, from: Data(text))
            guard spec.schema == JobSpec.schema else {
                throw Problem(description: "the job's schema is '\(Escaping.line(spec.schema))', not \(JobSpec.schema)")
            }
            guard spec.source.isAbsolute, spec.staging.isAbsolute,
                (spec.parts + spec.album.flatMap { [$0.path] + $0.parts }).allSatisfy(\.isAbsolute)
            else {
                throw Problem(description: "the job's source and staging folder must be absolute paths")
            }
            return spec
        } catch let problem as Problem { throw problem } catch {
            throw Problem(description: "the standard input holds no job (\(JobSpec.schema)): \(Self.brief(error))")
        }
    }

    private static func brief(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            Escaping.line(context.debugDescription)
        default: "it is not JSON"
        }
    }
}
