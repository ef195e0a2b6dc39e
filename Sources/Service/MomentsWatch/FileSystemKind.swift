public import MomentsCore
internal import MomentsSystem

/// Whether the kernel reports every change on a file system, or only those made through this machine.
public enum FileSystemKind {
    /// The name of the file system's kind when changes made elsewhere raise no event here, else nil.
    public static func unseen(at path: FilePath) -> String? {
        // One that does not answer is a server's.
        (try? Folder.fileSystemNumber(at: path)).map { names[$0] } ?? "a server that does not answer"
    }

    // The numbers are those of linux/magic.h and of the file systems' own headers.
    private static let names: [UInt64: String] = [
        0x6969: "NFS", 0x517b: "SMB", 0xff53_4d42: "CIFS", 0xfe53_4d42: "SMB", 0x6573_5546: "FUSE",
        0x0102_1997: "9p", 0x00c3_6400: "Ceph", 0x5346_414f: "AFS", 0x6b41_4653: "AFS", 0x786f_4256: "vboxsf",
        0x0bd0_0bd0: "Lustre", 0x0116_1970: "GFS2", 0x7461_636f: "OCFS2", 0xbacb_acbc: "vmhgfs",
        0x7375_7245: "Coda", 0x564c: "NCP",
    ]
}
