internal import CInih
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Reads one file in systemd's INI style: sections, `Key=value`, comments with `#` or `;` at the start of a line.
struct SettingsReader {
    /// The largest file that is read, in bytes.
    static let largestFile: Int64 = 1 << 20
    /// The longest line, in bytes.
    static let longestLine = 32 << 10

    // inih's handler knows no line numbers in Debian's build; but it asks for one line at a time and reports each
    // before it asks for the next, so that counting its questions gives the number.
    private final class Progress {
        let file: FilePath
        let content: [UInt8]
        var position = 0
        var line = 0
        var entries: [SettingsEntry] = []

        init(file: FilePath, content: [UInt8]) {
            self.file = file
            self.content = content
        }
    }

    // Once for the process: the choices are global variables of the library.
    private static let configured: Bool = {
        moments_ini_configure(CInt(longestLine + 3))
        return true
    }()

    /// Reads a file from disk.
    ///
    /// - Parameter file: The file; a link is followed, since administrators link their configuration.
    /// - Returns: Its entries in their order.
    /// - Throws: `SettingsError` when it cannot be read or is no such file.
    static func read(_ file: FilePath) throws(SettingsError) -> [SettingsEntry] {
        let content: [UInt8]
        do {
            let descriptor = try Descriptor.open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY)
            let status = try descriptor.status(file)
            guard status.kind == .regular else { throw SettingsError(file, "this is no regular file") }
            guard status.size <= largestFile else {
                throw SettingsError(file, "this is larger than 1 MiB; is it a configuration file?")
            }
            content = try descriptor.read(Int(status.size), at: 0, of: file)
        } catch let error as SettingsError {
            throw error
        } catch let error as SystemError {
            throw SettingsError(file, "\(error)")
        } catch {
            throw SettingsError(file, "cannot be read")
        }
        return try parse(content, of: file)
    }

    /// Reads the text of a file.
    static func parse(_ content: [UInt8], of file: FilePath) throws(SettingsError) -> [SettingsEntry] {
        _ = configured
        var lines = 1
        var length = 0
        for byte in content {
            if byte == 0 { throw SettingsError(file, line: lines, "there is a NUL byte; save the file as UTF-8 text") }
            length = byte == UInt8(ascii: "\n") ? 0 : length + 1
            if length > longestLine { throw SettingsError(file, line: lines, "the line is longer than 32 KiB") }
            if byte == UInt8(ascii: "\n") { lines += 1 }
        }
        let progress = Progress(file: file, content: content)
        let failed = withExtendedLifetime(progress) {
            let context = Unmanaged.passUnretained(progress).toOpaque()
            return ini_parse_stream(nextLine, context, takeEntry, context)
        }
        guard failed == 0 else {
            throw SettingsError(
                file,
                line: failed > 0 ? Int(failed) : nil,
                failed > 0 ? "this is neither [Section], Key=value nor a comment" : "there is no memory to read it"
            )
        }
        return progress.entries
    }

    private static let nextLine: ini_reader = { buffer, capacity, context in
        guard let buffer, let context else { return nil }
        let progress = Unmanaged<Progress>.fromOpaque(context).takeUnretainedValue()
        guard progress.position < progress.content.count else { return nil }
        let rest = progress.content[progress.position...]
        let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
        let line = rest[..<end].prefix(Int(capacity) - 1)
        for (index, byte) in line.enumerated() { buffer[index] = CChar(bitPattern: byte) }
        buffer[line.count] = 0
        progress.position = end
        progress.line += 1
        return buffer
    }

    private static let takeEntry: ini_handler = { context, section, name, value in
        guard let context, let section, let name, let value else { return 0 }
        let progress = Unmanaged<Progress>.fromOpaque(context).takeUnretainedValue()
        let bytes = UnsafeBufferPointer(start: value, count: strlen(value)).map { UInt8(bitPattern: $0) }
        progress.entries.append(
            SettingsEntry(
                file: progress.file,
                line: progress.line,
                section: Escaping.excerpt(String(cString: section)),
                key: Escaping.excerpt(String(cString: name)),
                value: unquoted(bytes)
            )
        )
        return 1
    }

    /// The value without one pair of quotes around all of it.
    private static func unquoted(_ value: [UInt8]) -> [UInt8] {
        guard value.count >= 2, let quote = value.first, quote == value.last else { return value }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return value }
        let inner = value[1..<(value.count - 1)]
        return inner.contains(quote) ? value : Array(inner)
    }
}
