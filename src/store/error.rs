//! What can go wrong with files, in the clerk's words, and what to do then.

use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::Id;
use super::lock::Owner;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no home directory and nothing else says where the data belongs.
    #[error("不知道数据应放在哪里：没有主目录（HOME）")]
    NoHome,
    /// The data directory is not there and cannot be made.
    #[error("数据目录用不了：{0}")]
    NoLibrary(Box<Self>),
    /// There is no data directory to look at, or no library in it.
    #[error("这里没有本程序的数据：{}", .0.display())]
    NoData(PathBuf),
    /// The system refused something.
    #[error("{action}失败：{}（{}）", .path.display(), cause(.source))]
    Io {
        /// What was being done.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A report can be read neither from its snapshot nor from its journal.
    #[error("报告 {0} 的文件已损坏：报告文件和操作记录都读不出来")]
    Damaged(Id),
    /// A file of the data directory is not what was written.
    #[error("文件已损坏：{}", .0.display())]
    DamagedFile(PathBuf),
    /// A newer version of the program has written what this one does not understand.
    #[error("报告 {0} 由更新的版本保存，本版本读不全，不能改")]
    Newer(Id),
    /// There is no report with this number.
    #[error("没有编号为 {0} 的报告")]
    NoSuchReport(Id),
    /// The report is in the trash.
    #[error("报告 {0} 在回收站里")]
    InTrash(Id),
    /// There is no report with this number in the trash.
    #[error("回收站里没有编号为 {0} 的报告")]
    NotInTrash(Id),
    /// The report never had this version, or nothing holds it any more.
    #[error("报告 {0} 没有第 {1} 版")]
    NoSuchVersion(Id, u64),
    /// Somebody else has the report open.
    #[error("报告正由{0}打开着")]
    Busy(Owner),
    /// The files of an open report were changed by somebody else.
    #[error("报告的文件被别的程序改动过：{}", .0.display())]
    ChangedOutside(PathBuf),
    /// There is a file already.
    #[error("文件已经存在：{}", .0.display())]
    Exists(PathBuf),
    /// It is a directory, a device or a pipe.
    #[error("不是普通文件：{}", .0.display())]
    NotAFile(PathBuf),
    /// It is no directory of its own.
    #[error("不是目录：{}", .0.display())]
    NotADirectory(PathBuf),
    /// It is larger than any report.
    #[error("文件太大（超过 {} MB）：{}", .limit >> 20, .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        limit: u64,
    },
}

impl StoreError {
    /// What to do now.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoHome => "用 --data-dir 目录，或设置环境变量 NIANBAO_DATA_DIR，指明数据放在哪里。",
            Self::NoLibrary(_) => {
                "请用 --data-dir 目录，或设置环境变量 NIANBAO_DATA_DIR，把数据放到有空间、可以写入的地方。"
            }
            Self::NoData(_) => {
                "请核对 --data-dir 和环境变量 NIANBAO_DATA_DIR；还没有用过本程序的，新建或导入一份报告就有了。"
            }
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "请清理磁盘后再存，或另存到别的位置。"
                }
                io::ErrorKind::PermissionDenied => "请换一个有权限的位置，或请管理员开放权限。",
                io::ErrorKind::ReadOnlyFilesystem => "请用 --data-dir 换一个可以写入的目录。",
                io::ErrorKind::NotFound => "请核对文件名和所在目录。",
                io::ErrorKind::InvalidFilename => "请换一个短一些的名字。",
                _ if is_link(source) => "请把这个链接移走；程序不通过链接写自己的文件。",
                _ => "请稍后再试，或另存到别的位置。",
            },
            Self::Newer(_) => "请换用新版本的程序；文件原样留着，没有改动。",
            Self::DamagedFile(_) => "请从备份恢复，或把它移走；用 nianbao doctor 看全部情况。",
            Self::Damaged(_) => {
                "损坏的文件原样留在数据目录里；用 nianbao log 编号 看还能找回哪些版，或从备份恢复。"
            }
            Self::NoSuchReport(_) => "用 nianbao list 查看编号。",
            Self::InTrash(_) => "请先用 nianbao restore 编号 找回。",
            Self::NotInTrash(_) => {
                "用 nianbao list --trash 查看回收站；要恢复报告以前的一版，请写明是第几版。"
            }
            Self::NoSuchVersion(..) => "用 nianbao log 编号 查看有哪些版。",
            Self::Busy(_) => "请对方先关闭，或以只读方式查看。",
            Self::ChangedOutside(_) => "请另存为一个新文件，再重新打开核对，以免互相覆盖。",
            Self::Exists(_) => "换一个文件名，或加 --force 覆盖。",
            Self::NotAFile(_) => "请给出一个普通文件。",
            Self::NotADirectory(_) => "请把它移走，程序会重新建立。",
            Self::TooLarge { .. } => "请确认选对了文件；年度报告不会这么大。",
        }
    }

    /// An error of the system while doing `action` with `path`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

/// Whether the system refused to follow a symbolic link.
fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::LOOP.raw_os_error())
}

/// What the system said, in the clerk's words.
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::QuotaExceeded => "磁盘配额已用完".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "文件系统是只读的".to_owned(),
        io::ErrorKind::NotFound => "文件或目录不存在".to_owned(),
        io::ErrorKind::AlreadyExists => "已经有同名的文件".to_owned(),
        io::ErrorKind::IsADirectory => "是一个目录".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是目录".to_owned(),
        io::ErrorKind::Interrupted => "被打断".to_owned(),
        io::ErrorKind::OutOfMemory => "内存不足".to_owned(),
        io::ErrorKind::FileTooLarge => "超过了允许的文件大小".to_owned(),
        io::ErrorKind::InvalidFilename => "名字太长".to_owned(),
        io::ErrorKind::StaleNetworkFileHandle => "网络盘已断开".to_owned(),
        _ => match Errno::from_io_error(error) {
            Some(Errno::IO) => "读写出错，磁盘可能有故障".to_owned(),
            Some(Errno::MFILE | Errno::NFILE) => "打开的文件太多".to_owned(),
            Some(Errno::LOOP) => "是一个符号链接".to_owned(),
            // What is rarer can be looked up by its number.
            Some(errno) => format!("系统错误 {}", errno.raw_os_error()),
            None => error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_disk_says_is_told_in_chinese() {
        // Every number that Linux has, and some that it has not.
        let told: Vec<String> = (1..140).map(|number| cause(&io::Error::from_raw_os_error(number))).collect();
        assert!(told.iter().all(|cause| !cause.chars().any(|c| c.is_ascii_alphabetic())), "{told:?}");
        let full = [Errno::NOSPC, Errno::DQUOT].map(|errno| cause(&errno.into()));
        assert_eq!(full, ["磁盘已满", "磁盘配额已用完"]);
    }

    #[test]
    fn each_thing_that_a_clerk_can_do_something_about_is_said_with_what_to_do() {
        for (errno, said, remedy) in [
            (Errno::NOSPC, "磁盘已满", "清理磁盘"),
            (Errno::DQUOT, "磁盘配额已用完", "清理磁盘"),
            (Errno::ACCESS, "没有权限", "有权限的位置"),
            (Errno::ROFS, "文件系统是只读的", "可以写入的目录"),
            (Errno::NOENT, "文件或目录不存在", "核对文件名"),
            (Errno::NAMETOOLONG, "名字太长", "短一些的名字"),
            (Errno::LOOP, "是一个符号链接", "链接移走"),
            (Errno::EXIST, "已经有同名的文件", "稍后再试"),
            (Errno::ISDIR, "是一个目录", "稍后再试"),
            (Errno::NOTDIR, "路径中有一段不是目录", "稍后再试"),
            (Errno::INTR, "被打断", "稍后再试"),
            (Errno::NOMEM, "内存不足", "稍后再试"),
            (Errno::FBIG, "超过了允许的文件大小", "稍后再试"),
            (Errno::STALE, "网络盘已断开", "稍后再试"),
            (Errno::IO, "读写出错，磁盘可能有故障", "稍后再试"),
            (Errno::MFILE, "打开的文件太多", "稍后再试"),
            (Errno::XDEV, "系统错误 18", "稍后再试"),
        ] {
            let error = StoreError::io("保存", Path::new("报告"))(errno.into());
            assert_eq!(error.to_string(), format!("保存失败：报告（{said}）"));
            assert!(error.hint().contains(remedy), "{said}: {}", error.hint());
        }
    }
}
