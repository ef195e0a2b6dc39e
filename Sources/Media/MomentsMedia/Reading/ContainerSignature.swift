internal import MomentsCore
internal import MomentsSystem

/// Recognises a container by its first bytes where libavformat gives up, to tell "broken" from "no video at all".
enum ContainerSignature {
    /// The container's everyday name, or nil where the first bytes are none of a known one.
    static func family(of path: FilePath) -> String? {
        guard let file = try? Descriptor.openRegular(path), let head = try? file.read(12, at: 0, of: path),
            head.count == 12
        else { return nil }
        // ISO base media: a box type behind a 32-bit size. Matroska: the EBML magic. AVI: RIFF … AVI.
        let boxes = ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"]
        if boxes.contains(String(decoding: head[4..<8], as: UTF8.self)) { return "an MP4 or MOV file" }
        if head.starts(with: [0x1a, 0x45, 0xdf, 0xa3]) { return "a Matroska or WebM file" }
        if head.starts(with: "RIFF".utf8), head[8..<11].elementsEqual("AVI".utf8) { return "an AVI file" }
        return nil
    }
}
