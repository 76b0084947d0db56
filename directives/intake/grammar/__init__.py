"""What the parts of a Vietnamese administrative document look like; pure Python.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (thể thức) and III (tên loại).
"""
