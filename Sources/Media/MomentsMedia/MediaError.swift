internal import CLibAV
internal import MomentsCore

/// A libav call that failed, and what it was for.
public struct MediaError: Error, Hashable, Sendable {
    /// The step that failed, as a short verb phrase: "open", "decode".
    public let operation: String
    /// The file, stream or codec it was applied to; harmless text.
    public let subject: String
    /// The negative code libav returned.
    public let code: CInt

    /// Makes an error from its parts.
    public init(_ operation: String, _ subject: String, code: CInt) {
        self.operation = operation
        self.subject = subject
        self.code = code
    }

    /// What the code means, in libav's words.
    public var reason: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { text in
            guard let start = text.baseAddress, av_strerror(code, start, text.count) >= 0 else {
                return "error \(code)"
            }
            return String(cString: start)
        }
    }

    /// Whether the job was told to stop.
    public var isInterruption: Bool { code == moments_averror_exit }

    /// Whether the disk could not be read.
    public var isReadFailure: Bool { code == moments_averror(EIO) || code == moments_averror(ESTALE) }

    /// Whether the disk or the quota is full.
    public var isOutOfSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains { code == moments_averror($0) } }

    /// Whether the content makes no sense to the demuxer or the decoder.
    public var isInvalidData: Bool { code == moments_averror_invaliddata }

    /// Whether memory ran out, or a frame is larger than is allowed.
    public var isOutOfMemory: Bool { code == moments_averror(ENOMEM) }

    package static func interrupted(_ operation: String, _ subject: String) -> MediaError {
        MediaError(operation, subject, code: moments_averror_exit)
    }
}

extension MediaError: CustomStringConvertible {
    /// One harmless line: step, subject, reason.
    public var description: String { "cannot \(operation) \(subject): \(reason)" }
}

/// Turns a negative libav result into an error.
@discardableResult
package func check(_ result: CInt, _ operation: String, _ subject: String) throws(MediaError) -> CInt {
    guard result >= 0 else { throw MediaError(operation, subject, code: result) }
    return result
}
